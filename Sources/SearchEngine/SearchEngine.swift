// SearchEngine
