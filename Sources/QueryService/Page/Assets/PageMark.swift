/// The mark of the page as a picture of its own: a sheet, three lines, one of them found.
enum PageMark {
  static let text: StaticString = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" width="32" height="32">
    <path d="M3.5 1.5h9l4 4v13h-13z" fill="#fff" stroke="#0b5d5c" stroke-width="1.5"/>
    <path d="M6 8.5h8M6 14.5h8" stroke="#9aa5a3" stroke-width="1.5"/>
    <path d="M6 11.5h5" stroke="#0b5d5c" stroke-width="2.5"/>
    </svg>
    """
}
