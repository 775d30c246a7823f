/** A refusal by HDFS, with the name of HDFS' exception class, e.g. `FileNotFoundException`. */
export class HdfsError extends Error {
  constructor(
    readonly operation: string,
    readonly path: string,
    readonly status: number,
    readonly exception: string,
    detail: string,
  ) {
    super(`HDFS ${operation} ${path}: ${exception || `HTTP ${status}`}: ${detail.split("\n")[0]}`);
  }

  get notFound(): boolean {
    return this.exception === "FileNotFoundException";
  }
}
