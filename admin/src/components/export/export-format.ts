/** What a file of an export is written in. */
export type ExportFormat = 'jsonl' | 'csv';
