import JSONText
import Records
import SearchEngine

extension QualityIndex {
  /// The history of an enterprise: every date of its file and every note that is of it, in order; or, when the name is not
  /// that of one enterprise alone, those that it may mean.
  ///
  /// - Throws: `bad-date`, `usage`; what reading the index throws.
  /// - Cost: look-ups by the enterprise's names, then the reading of its own records, some 50 µs a note.
  public func history(_ request: HistoryRequest) throws(QualityError) -> HistoryAnswer {
    let asked = try AskedSpan(since: request.since, until: request.until, asOf: request.asOf)
    let within = try TimeSpan(parsing: request.within)
    var names = EnterpriseNames(snapshots)
    var notes: [SearchAnswer.Note] = []
    if request.isSeveralWords {
      notes.append(.history("one-name", "read as one name: \(request.enterprise)"))
    }
    let file = try reading { () throws(IndexError) in try enterpriseFile(meant: request.enterprise, &names) }
    guard let file else { return .candidates(try candidates(request, notes, &names)) }
    return .history(
      try reading { () throws(IndexError) in try history(of: file, request, asked, within, notes, &names) })
  }

  /// The enterprise of that id (`ID` or `enterprise/ID`), or whose name alone it is.
  private func enterpriseFile(
    meant text: String, _ names: inout EnterpriseNames
  ) throws(IndexError) -> EnterpriseFile? {
    if case .one(let id, _) = try names.meaning(of: text) { return try enterpriseFile(id) }
    let prefix = Schema.enterprise.kind + "/"
    return text.hasPrefix(prefix) ? try enterpriseFile(String(text.dropFirst(prefix.count))) : nil
  }

  private func candidates(
    _ request: HistoryRequest, _ said: [SearchAnswer.Note], _ names: inout EnterpriseNames
  ) throws(QualityError) -> HistoryCandidates {
    var notes = said
    var found: [HistoryCandidates.Candidate] = []
    var known = names
    for candidate in try enterprises(
      named: request.enterprise, limit: HistoryRequest.mostCandidates, offers: true)
    {
      try reading { () throws(IndexError) in
        guard let file = try enterpriseFile(candidate.id) else { return }
        let events = try EnterpriseNotes(of: file, in: snapshots, &known).places.count + file.events.count
        found.append(
          HistoryCandidates.Candidate(
            id: file.id, name: file.name, rung: candidate.rung.name, matched: candidate.matched,
            until: candidate.formerly?.until, province: file.province, events: events))
      }
    }
    names = known
    if found.isEmpty {
      notes.append(
        .history(
          "no-such-enterprise", "no enterprise on record is called '\(request.enterprise)'",
          hint: "notes that say so: dossier search '\(request.enterprise)'"))
    }
    return HistoryCandidates(
      asked: request.enterprise, candidates: found, commit: commit, notes: notes,
      receipt: receipt(
        job: "history", request: [request.enterprise], total: found.count, ids: found.map { "\($0.id) \($0.rung)" }))
  }

  private func history(
    of file: EnterpriseFile, _ request: HistoryRequest, _ asked: AskedSpan, _ within: TimeSpan,
    _ said: [SearchAnswer.Note], _ names: inout EnterpriseNames
  ) throws(IndexError) -> EnterpriseHistory {
    var notes = said
    let own = try EnterpriseNotes(of: file, in: snapshots, &names)
    var events = file.events
    for place in own.places {
      let members = StoredRecord.members(try place.json()) ?? JSONObject()
      events.append(HistoryEvent(note: members, id: try place.id(), of: file.id))
    }
    events = events.compactMap { Self.placed($0, in: asked) }
    events.sort(by: HistoryEvent.precedes)
    try linkFollowUps(&events, asked)
    Self.tellStates(&events, file)
    let timeline = HistoryTimeline(events, grain: request.grain)
    let repeats = Repeats(events, within: within)
    notes += Self.notes(about: own, events, timeline, request)
    let asOf = asked.asOf.flatMap { CalendarDay.text($0) }
    let state = asked.asOf.map { day in
      StateOnDay(
        of: file, on: DayInterval(first: day, last: day), products: file.products,
        seal: OpenSeals(events, on: day).last())
    }
    return EnterpriseHistory(
      file: file, licences: file.licenceFacts(of: file.products), asOf: asOf, state: state, events: events,
      timeline: timeline, within: within, repeats: repeats.certain, possibleRepeats: repeats.possible, commit: commit,
      notes: notes,
      receipt: receipt(
        job: "history",
        request: [file.id, request.since ?? "", request.until ?? "", asOf ?? "", within.description],
        total: events.count,
        ids: events.map { "\($0.kind)/\($0.id) \($0.field ?? "") \($0.date ?? "")" }
          + (repeats.certain + repeats.possible).map { "\($0.code) \($0.first.note) \($0.again.note)" }))
  }

  /// The event with how surely it is among the days asked for; nil when it surely is not. What is undated always may be.
  private static func placed(_ event: HistoryEvent, in asked: AskedSpan) -> HistoryEvent? {
    guard let days = event.days else {
      guard let date = event.date.flatMap({ try? PartialDate(parsing: $0) }), !asked.isOpen else { return event }
      return date.isPossible(in: asked.interval) ? event : nil
    }
    guard asked.interval.overlaps(days) else { return nil }
    var event = event
    event.dateIs = asked.interval.contains(days) ? "certain" : "possible"
    return event
  }

  /// Says of each note which ones follow it up: of this history or of others, but none from after the day
  /// as of which was asked.
  private func linkFollowUps(_ events: inout [HistoryEvent], _ asked: AskedSpan) throws(IndexError) {
    for index in events.indices where events[index].kind == Schema.inspection.kind {
      var found: [(first: Int32, id: String)] = []
      for snapshot in snapshots {
        _ = try snapshot.forEachPlace(kind: Schema.inspection.kind, field: "followUpOf", value: events[index].id) {
          (place) throws(IndexError) in
          let days = try place.days(of: "date")
          if let days, days.first > asked.asOf ?? Int32.max { return true }
          found.append((days?.first ?? Int32.max, try place.id()))
          return found.count < Self.mostFollowUps
        }
      }
      events[index].followedBy = found.sorted { ($0.first, $0.id) < ($1.first, $1.id) }.map(\.id)
    }
  }

  /// Notes that follow one note, at most: more is no chain that anybody reads.
  private static let mostFollowUps = 100

  /// Says of each dated note what the file tells of its day, and what of its product was sealed then. Linear, but for the
  /// seals that are open.
  private static func tellStates(_ events: inout [HistoryEvent], _ file: EnterpriseFile) {
    var seals = OpenSeals()
    for index in events.indices {
      let event = events[index]
      guard event.kind == Schema.inspection.kind, let days = event.days else { continue }
      seals.lift(by: event)
      events[index].state = StateOnDay(
        of: file, on: days, products: file.products(of: event.product, category: event.category),
        seal: seals.last(about: event.subjects))
      seals.add(event)
    }
  }

  private static func notes(
    about own: EnterpriseNotes, _ events: [HistoryEvent], _ timeline: HistoryTimeline, _ request: HistoryRequest
  ) -> [SearchAnswer.Note] {
    var notes: [SearchAnswer.Note] = []
    for unclear in own.ambiguous {
      let count = unclear.count == 1 ? "1 note" : "\(unclear.count) notes"
      notes.append(
        .history(
          "ambiguous-enterprise",
          "\(count) not counted: '\(unclear.name)' is the name of several enterprises: "
            + unclear.ids.joined(separator: ", "), hint: "write the id into the notes"))
    }
    if !timeline.outside.isEmpty {
      let dates = timeline.outside.prefix(3).compactMap(\.date).joined(separator: ", ")
      notes.append(
        .history(
          "odd-date", "\(timeline.outside.count) events are in no bar of the timeline: \(dates)",
          hint: "bars are drawn of the years \(HistoryTimeline.drawnYears.lowerBound) to "
            + "\(HistoryTimeline.drawnYears.upperBound)"))
    }
    if let asked = request.grain, asked != timeline.grain {
      notes.append(.history("grain", "too many for one \(asked.rawValue) each: drawn by \(timeline.grain.rawValue)"))
    }
    if request.asOf != nil {
      notes.append(
        .history(
          "as-of",
          "by the dates in the records: what carries no date (status, products, place) is as it is on record now"))
    }
    return notes
  }
}

extension SearchAnswer.Note {
  static func history(_ code: String, _ message: String, hint: String = "") -> SearchAnswer.Note {
    SearchAnswer.Note(code: code, message: message, at: nil, hint: hint)
  }
}
