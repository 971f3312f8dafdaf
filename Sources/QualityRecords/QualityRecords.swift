// QualityRecords
