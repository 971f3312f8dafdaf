import Testing

@Suite struct RecordsPlaceholder {}
