/** SQL over files of bronze or quarantine: the number of a row's micro-batch, from the name of its file. */
export const batchOfRow = "toUInt64(extract(_file, 'batch-([0-9]+)-'))";
