import Testing

@Suite struct QueryLanguagePlaceholder {}
