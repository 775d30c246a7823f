/** Number of the micro-batch that a row of bronze or quarantine came with: it is in the name of its file. SQL over files. */
export const batchOfRow = "toUInt64(extract(_file, 'batch-([0-9]+)-'))";
