import Testing

@Suite struct JSONTextPlaceholder {}
