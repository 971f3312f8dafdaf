import Testing

@Suite struct TextAnalysisPlaceholder {}
