import Testing

@Suite struct QualityRecordsPlaceholder {}
