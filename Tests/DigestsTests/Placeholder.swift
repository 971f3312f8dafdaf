import Testing

@Suite struct DigestsPlaceholder {}
