extension PageContext {
  /// The field for the day as of whose end a view stands, and the button that applies the form around it.
  func dayField(in html: inout HTML, example: String) {
    html.element("span", ["class": "asked"]) { html in
      html.element("label", ["for": "asOf"], words[.asOf])
      html.void(
        "input",
        ["id": "asOf", "name": "asOf", "size": "10", "value": value("asOf") ?? "", "placeholder": example])
      html.element("button", ["type": "submit"], words[.apply])
    }
  }
}
