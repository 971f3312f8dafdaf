import Testing

@Suite struct SearchEnginePlaceholder {}
