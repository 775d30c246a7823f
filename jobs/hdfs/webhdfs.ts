import { HdfsError } from "./hdfs-error";
import { request, type Reply } from "./http-reply";
import { NameNodes, remoteException } from "./namenodes";

export { HdfsError };

/** A file or folder in the answer to LISTSTATUS. */
export interface FileStatus {
  pathSuffix: string;
  type: "FILE" | "DIRECTORY";
  length: number;
  /** Milliseconds since 1970. */
  modificationTime: number;
}

/** The part of WebHDFS that the lake needs. Paths are absolute, without scheme. */
export class WebHdfs {
  private readonly nameNodes: NameNodes;

  /** @param addresses `http://host:port` of each NameNode, separated by commas; `user` applies without Kerberos. */
  constructor(
    addresses: string,
    private readonly user = "lake",
  ) {
    this.nameNodes = new NameNodes(addresses);
  }

  async list(path: string): Promise<FileStatus[]> {
    const reply = await this.json<{ FileStatuses: { FileStatus: FileStatus[] } }>("GET", path, "LISTSTATUS");
    return reply.FileStatuses.FileStatus;
  }

  /** Like `list`, but empty when the folder does not exist. */
  async listIfExists(path: string): Promise<FileStatus[]> {
    try {
      return await this.list(path);
    } catch (error) {
      if (error instanceof HdfsError && error.notFound) return [];
      throw error;
    }
  }

  async read(path: string): Promise<Buffer> {
    return (await this.call("GET", path, "OPEN")).body;
  }

  async readJson(path: string): Promise<unknown> {
    const text = (await this.read(path)).toString("utf8");
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      throw new Error(`HDFS ${path} is not JSON: ${(error as Error).message}`, { cause: error });
    }
  }

  /** Undefined when there is no such file. */
  async readJsonIfThere(path: string): Promise<unknown> {
    try {
      return await this.readJson(path);
    } catch (error) {
      if (error instanceof HdfsError && error.notFound) return undefined;
      throw error;
    }
  }

  /** Writes the whole file; an existing one is replaced. */
  async write(path: string, content: Buffer | string): Promise<void> {
    const reply = await this.call("PUT", path, "CREATE", { overwrite: "true", noredirect: "false" });
    if (!reply.location)
      throw new HdfsError("CREATE", path, reply.status, "", "the NameNode named no DataNode");
    const written = await request("PUT", reply.location, Buffer.from(content));
    if (written.status !== 201) throw refusal("CREATE", path, written);
  }

  async exists(path: string): Promise<boolean> {
    try {
      await this.call("GET", path, "GETFILESTATUS");
      return true;
    } catch (error) {
      if (error instanceof HdfsError && error.notFound) return false;
      throw error;
    }
  }

  async makeFolder(path: string): Promise<void> {
    await this.call("PUT", path, "MKDIRS");
  }

  /** Atomic; replaces an existing file of the new name. */
  async rename(from: string, to: string): Promise<void> {
    await this.call("PUT", from, "RENAME", { destination: to, renameoptions: "OVERWRITE" });
  }

  /** Atomic. @returns false, and leaves both as they are, when the new name exists */
  async renameToNew(from: string, to: string): Promise<boolean> {
    return (await this.json<{ boolean: boolean }>("PUT", from, "RENAME", { destination: to })).boolean;
  }

  /** Removes a file, or a folder with its contents. Does nothing when it does not exist. */
  async remove(path: string): Promise<void> {
    await this.call("DELETE", path, "DELETE", { recursive: "true" });
  }

  /** Bytes and number of files below a folder. */
  async contentSummary(path: string): Promise<{ length: number; fileCount: number }> {
    const reply = await this.json<{ ContentSummary: { length: number; fileCount: number } }>(
      "GET",
      path,
      "GETCONTENTSUMMARY",
    );
    return reply.ContentSummary;
  }

  /** Allows snapshots of a folder; it may be called again. */
  async allowSnapshot(path: string): Promise<void> {
    await this.call("PUT", path, "ALLOWSNAPSHOT");
  }

  async createSnapshot(path: string, name: string): Promise<void> {
    await this.call("PUT", path, "CREATESNAPSHOT", { snapshotname: name });
  }

  async deleteSnapshot(path: string, name: string): Promise<void> {
    await this.call("DELETE", path, "DELETESNAPSHOT", { snapshotname: name });
  }

  private async json<T>(
    method: string,
    path: string,
    operation: string,
    parameters: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const reply = await this.call(method, path, operation, parameters);
    return JSON.parse(reply.body.toString("utf8")) as T;
  }

  private async call(
    method: string,
    path: string,
    operation: string,
    parameters: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    const query = new URLSearchParams({ op: operation, "user.name": this.user, ...parameters });
    const encoded = path.split("/").map(encodeURIComponent).join("/");
    const reply = await this.nameNodes.request(method, `/webhdfs/v1${encoded}?${query.toString()}`);
    if (reply.status === 307 && operation === "OPEN" && reply.location) {
      const data = await request(method, reply.location);
      if (data.status !== 200) throw refusal(operation, path, data);
      return data;
    }
    if (reply.status >= 400) throw refusal(operation, path, reply);
    return reply;
  }
}

function refusal(operation: string, path: string, reply: Reply): HdfsError {
  const { exception, message } = remoteException(reply) ?? { exception: "", message: reply.body.toString() };
  return new HdfsError(operation, path, reply.status, exception, message);
}
