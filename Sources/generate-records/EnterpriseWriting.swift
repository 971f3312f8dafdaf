extension JSONLine {
  /// One enterprise in the canonical form, as one line. The kind stands in the record when `withKind` asks for it.
  mutating func write(_ enterprise: Enterprise, _ bank: Bank, withKind: Bool) {
    begin()
    if withKind { field("kind", "enterprise") }
    field("id", enterprise.id)
    field("name", enterprise.name)
    field("aliases", enterprise.aliases)
    if let former = enterprise.formerName {
      name("formerNames")
      open("[")
      open("{")
      field("name", former.name)
      field("until", former.until)
      close("}")
      close("]")
    }
    field("province", enterprise.city.province)
    field("city", enterprise.city.name)
    field("address", enterprise.address)
    field("bureau", enterprise.bureau)
    field("status", enterprise.status)
    field("export", enterprise.exports)
    field("licence", enterprise.licence)
    name("products")
    open("[")
    for entry in enterprise.products {
      let category = bank.categories[entry.category]
      let product = category.products[entry.product]
      open("{")
      field("id", entry.id)
      field("name", enterprise.id.utf8.last.map { $0 % 2 == 0 } == true ? product.name : product.chineseName)
      field("category", entry.isNarrow ? product.name : category.name)
      field("licence", entry.licence)
      field("licenceIssued", entry.licenceIssued?.iso)
      field("ccc", entry.certificate)
      field("legalInspection", entry.isOnLegalInspectionList)
      field("evidenceCollected", entry.evidenceCollected?.iso)
      field("examined", entry.examined?.iso)
      close("}")
    }
    close("]")
    field("registered", enterprise.registered.iso)
    field("qualityFile", enterprise.qualityFile?.iso)
    field("reexamined", enterprise.reexamined?.iso)
    field("guaranteeSigned", enterprise.guaranteeSigned?.iso)
    field("capacityRatified", enterprise.capacityRatified?.iso)
    field("text", enterprise.text)
    end()
  }
}
