/// The texts of the interface, each with its words in every language: a text without one of them does not compile.
///
/// Raw values that begin with `field-`, `value-`, `kind-`, `note-` and the like are looked up by names of records.
enum PageText: String, CaseIterable, Sendable {
  // Frame
  case dossier
  case skip
  case query
  case placeholder
  case search
  case places
  case placeAll
  case placeEnterprises
  case placeInspections
  case placeDirectives
  case placePassages
  case placeCoverage
  case placeDuties
  case placeTrace
  case placeHelp
  case receipt
  case commit
  case collection
  case allCollections
  case csv
  case json
  case footNote
  case requestNumber = "request-number"
  case tryAgain = "try-again"
  case startPage = "start-page"
  case errorTitle
  // Reading
  case resultsFor
  case enterprisesFor
  case passagesFor
  case readAs
  case remove
  case sortedBy
  case matchedBy
  case switchOff
  case switchOn
  case oneRecord
  case records
  case oneEnterprise
  case enterprises
  case inOneRecord
  case inRecords
  case oneParagraph
  case paragraphs
  case oneEvent
  case events
  case oneNote
  case notes
  case oneMatch
  case matchesCounted
  case atLeast
  case partial
  case pages
  case firstPage
  case nextPage
  case narrow
  case more
  case notListed
  case allGroups
  case moreGroups
  case leaveOut
  case dates
  case dateSpan
  case from
  case to
  case apply
  case undated
  case datePossible
  case record
  case history
  case whyHere
  case byRung
  case nothingFound
  case didYouMean
  case withoutClause
  case without
  case fuzzyWould
  case whatWasSearched
  case `none`
  case all
  case show
  case colon
  case comma
  case semicolon
  case yes
  case no
  case letterEnterprise
  case letterInspection
  case letterDirective
  case letterPassage
  // Notes
  case noteRepaired
  case noteMostWords = "note-most-words"
  case notePairs = "note-character-pairs"
  case noteThesaurus = "note-thesaurus"
  case noteName = "note-name"
  case notePinyin = "note-pinyin"
  case noteBound = "note-expansion-bound"
  case noteDistance = "note-lowered-distance"
  case notePossible = "note-possible-dates"
  case noteDeadline = "note-deadline"
  case noteYears = "note-code-years"
  case noteAmbiguous = "note-ambiguous-enterprise"
  case noteNoEnterprise = "note-no-enterprise"
  case notePlace = "note-place"
  case notePlaceText = "note-place-as-text"
  case noteParagraph = "note-paragraph-reference"
  case noteNumber = "note-number-mark"
  case noteMixed = "note-mixed-operators"
  case noteQuestion = "note-question-mark"
  case noteRelative = "note-relative-date"
  // Sorts
  case sortScore = "sort-score"
  case sortNewest = "sort-date:desc"
  case sortOldest = "sort-date:asc"
  case sortViolations = "sort-violations"
  case sortSeverity = "sort-severity"
  case sortRecency = "sort-recency"
  case sortName = "sort-name"
  case fieldViolationText = "field-violations.text"
  case doneAt
  case emptyCount
  case spanDays
  case spanWeeks
  case spanMonths
  case spanYears
  // Landing
  case landingTitle
  case landingLead
  case examples
  case exampleWords
  case examplePhrase
  case exampleChinese
  case exampleFields
  case exampleNear
  case exampleHas
  case kindsEnterprise = "kinds-enterprise"
  case kindsInspection = "kinds-inspection"
  case kindsDirective = "kinds-directive"
  case kindEnterprise = "kind-enterprise"
  case kindInspection = "kind-inspection"
  case kindDirective = "kind-directive"
  case kindPassage = "kind-passage"
  case jobHistory
  case jobHistorySays
  case jobProducts
  case jobProductsSays
  case jobPassages
  case jobPassagesSays
  case jobCoverage
  case jobCoverageSays
  case enterpriseName
  case productName
  case wordsOfText
  // Enterprises
  case productTree
  case enterprise
  case notesColumn
  case violationsColumn
  case worst
  case latest
  case tools
  case countBy
  case andBy
  case pivotTitle
  case columnsHidden
  case checkList
  case checkListSays
  case nameColumn
  case licenceColumn
  case listFile
  case listText
  case checkAndDownload
  case verdictColumns
  case columnRung
  case columnID
  case columnConfidence
  case columnHits
  case columnLast
  case columnOthers
  case columnVerdict
  // History
  case violationHistory
  case historyOf
  case candidatesFor
  case searchInstead
  case formerly
  case also
  case untilDate
  case exports
  case doesNotExport
  case products
  case issuedOn
  case suspendedFromTo
  case suspendedFrom
  case asOfDay
  case called
  case licenceSuspended
  case licenceNotIssued
  case licenceIssued
  case licenceUnknown
  case guaranteeSigned
  case guaranteeNot
  case sealedSince
  case perhaps
  case noTargets
  case targetsNotAsked
  case done
  case missing
  case doneOf
  case repeats
  case repeatsWithin
  case noRepeats
  case againAfterOneDay
  case againAfterDays
  case againUnknown
  case worse
  case lighter
  case same
  case span
  case asOf
  case repeatWithin
  case eventsTitle
  case undatedCounted
  case noEvents
  case dateColumn
  case whatHappened
  case dayUnknown
  case dueOn
  case followsUp
  case followedBy
  case noViolations
  case timelineTitle
  case timelineWeek = "timeline-week"
  case timelineMonth = "timeline-month"
  case timelineQuarter = "timeline-quarter"
  case timelineYear = "timeline-year"
  case emptyRun
  case datesOfFile
  case asTable
  case period
  case eventRenamed
  case eventSuspended
  case eventResumed
  case rowsHidden
  // Directives
  case readInPlace
  case cite
  case pageStamp
  case matches
  case noMatchHere
  case previousMatch
  case nextMatch
  case paragraphNumber
  case citeParagraph
  case plainText
  case chineseForm
  case copy
  case lastingLink
  case citedBy
  case citedHow
  case documentOnly
  case citesTitle
  case quotationLabel
  case checkQuotation
  case checkQuotationSays
  case verdictVerbatim
  case verdictSameWords
  case verdictAltered
  case verdictNone
  case wordsDiffer
  case youQuoted
  case itSays
  case paragraphOf
  case alsoIn
  // Records
  case severalRecords
  case onRecord
  case whyNotLabel
  case explain
  case whyHereTitle
  case whyNotTitle
  case itMatches
  case itDoesNot
  case hitOf
  case clauseByClause
  case holds
  case fails
  case neverRequired
  case reason
  case nearest
  case needed
  case whatMatched
  case scoreTree
  case allHits
  // Coverage
  case coverageTitle
  case coverageLead
  case allTargets
  case missingCounted
  case missingTitle
  case noneMissing
  case possiblyDone
  case courseTitle
  case productNumber
  case dutiesTitle
  case dutiesLead
  case groupedBy
  case overdueAndSeals
  case note
  case duty
  case days
  case targetsMissing
  case traceOf
  case traceLabel
  case traceSays
  case takenAs
  case gaps
  case gap
  // Help
  case helpTitle
  case helpLead
  case helpWords
  case helpBoth
  case helpPhrase
  case helpExact
  case helpWithout
  case helpOperators
  case helpChinese
  case helpCode
  case helpPatterns
  case helpPrefix
  case helpWildcard
  case helpRegex
  case helpFuzzy
  case helpNear
  case helpNearSays
  case helpOrdered
  case helpSame
  case helpUnit
  case helpFields
  case helpField
  case helpRange
  case helpTree
  case helpHas
  case helpDates
  case helpYear
  case helpQuarter
  case helpSpan
  case helpSince
  case helpJoins
  case helpJoin
  case helpAntiJoin
  case helpBy
  case helpRungs
  case helpRungsSays
  case keysTitle
  case keyBox
  case keyNext
  case keyPrevious
  case keyOpen
  case keyFacets
  case keyTimeline
  case keyNextMatch
  case keyPreviousMatch
  case keyHelp
  case forPrograms
  case forProgramsSays
  // Fields
  case fieldKind = "field-kind"
  case fieldProvince = "field-province"
  case fieldCity = "field-city"
  case fieldPlace = "field-place"
  case fieldAddress = "field-address"
  case fieldBureau = "field-bureau"
  case fieldCategory = "field-category"
  case fieldSeverity = "field-severity"
  case fieldResult = "field-result"
  case fieldDisposition = "field-disposition"
  case fieldType = "field-type"
  case fieldStage = "field-stage"
  case fieldStatus = "field-status"
  case fieldExport = "field-export"
  case fieldLicence = "field-licence"
  case fieldCCC = "field-ccc"
  case fieldIssuer = "field-issuer"
  case fieldSpeakers = "field-speakers"
  case fieldTitle = "field-title"
  case fieldText = "field-text"
  case fieldName = "field-name"
  case fieldAliases = "field-aliases"
  case fieldFormer = "field-formerNames"
  case fieldFrom = "field-from"
  case fieldUntil = "field-until"
  case fieldEnterprise = "field-enterprise"
  case fieldProduct = "field-product"
  case fieldProducts = "field-products"
  case fieldBatch = "field-batch"
  case fieldInspector = "field-inspector"
  case fieldDate = "field-date"
  case fieldDue = "field-due"
  case fieldFollowUp = "field-followUpOf"
  case fieldCode = "field-code"
  case fieldID = "field-id"
  case fieldRegistered = "field-registered"
  case fieldQualityFile = "field-qualityFile"
  case fieldReexamined = "field-reexamined"
  case fieldGuarantee = "field-guaranteeSigned"
  case fieldCapacity = "field-capacityRatified"
  case fieldLicenceIssued = "field-licenceIssued"
  case fieldEvidence = "field-evidenceCollected"
  case fieldExamined = "field-examined"
  case fieldLegal = "field-legalInspection"
  case fieldSuspended = "field-licenceSuspended"
  case fieldYear = "field-date:year"
  case fieldQuarter = "field-date:quarter"
  case fieldMonth = "field-date:month"
  // Values
  case valueMinor = "value-minor"
  case valueModerate = "value-moderate"
  case valueSerious = "value-serious"
  case valueCritical = "value-critical"
  case valueUngraded = "value-ungraded"
  case valuePass = "value-pass"
  case valueFail = "value-fail"
  case valueNone = "value-none"
  case valueRectify = "value-rectify"
  case valueWarn = "value-warn"
  case valueFine = "value-fine"
  case valueSeal = "value-seal"
  case valueReturn = "value-return"
  case valueDestroy = "value-destroy"
  case valueRoutine = "value-routine"
  case valueReexamination = "value-re-examination"
  case valueSelective = "value-selective"
  case valueImport = "value-import"
  case valueComplaint = "value-complaint"
  case valueDesign = "value-design"
  case valueMaterials = "value-materials"
  case valueProduction = "value-production"
  case valueSale = "value-sale"
  case valueExport = "value-export"
  case valueAfterSale = "value-after-sale"
  case valueNoStage = "value-no-stage"
  case valueActive = "value-active"
  case valueSuspended = "value-suspended"
  case valueClosed = "value-closed"
  case valueTrue = "value-true"
  case valueFalse = "value-false"
  case valueLicensed = "value-licensed"
  case valueExact = "value-exact"
  case valueStem = "value-stem"
  case valueThesaurus = "value-thesaurus"
  case valueName = "value-name"
  case valuePinyin = "value-pinyin"
  case valueFuzzy = "value-fuzzy"
  case valueEnterprise = "value-enterprise"
  case valueInspection = "value-inspection"
  case valueDirective = "value-directive"
  case valueLicence = "value-licence"
  case valueCCC = "value-ccc"
  case valueBatch = "value-batch"
  case valueProduct = "value-product"
}
