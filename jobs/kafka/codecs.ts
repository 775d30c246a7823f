import { decompress as decompressZstd } from "fzstd";
import { CompressionCodecs, CompressionTypes } from "kafkajs";
import { decompressFrame as decompressLz4 } from "lz4-napi";
import { uncompress as decompressSnappy } from "snappy";

/** Java's header of a Snappy stream: these eight bytes, then its version and the oldest version that can read it. */
const snappyStream = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const snappyHeaderBytes = snappyStream.length + 8;

/** Reads a single block, as Go and C write it, or Java's stream of blocks, each preceded by its length. */
async function snappy(data: Buffer): Promise<Buffer> {
  if (!data.subarray(0, snappyStream.length).equals(snappyStream))
    return Buffer.from(await decompressSnappy(data));
  const blocks: Buffer[] = [];
  for (let at = snappyHeaderBytes; at < data.length;) {
    const end = at + 4 + data.readUInt32BE(at);
    blocks.push(Buffer.from(await decompressSnappy(data.subarray(at + 4, end))));
    at = end;
  }
  return Buffer.concat(blocks);
}

function codec(name: string, decompress: (data: Buffer) => Promise<Buffer>) {
  return () => ({
    compress: () =>
      Promise.reject(new Error(`this client reads ${name} and does not write it; send with gzip or none`)),
    decompress,
  });
}

/** Lets kafkajs, which only has gzip, read every codec that a producer or a topic's `compression.type` may use. */
export function readEveryCodec(): void {
  CompressionCodecs[CompressionTypes.Snappy] = codec("snappy", snappy);
  CompressionCodecs[CompressionTypes.LZ4] = codec("lz4", decompressLz4);
  CompressionCodecs[CompressionTypes.ZSTD] = codec("zstd", (data) =>
    Promise.resolve(Buffer.from(decompressZstd(data))),
  );
}
