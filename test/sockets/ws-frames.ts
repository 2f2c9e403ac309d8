export interface FramePayload {
  readonly payload: Uint8Array;
  readonly isBinary: boolean;
}

/** What is in whole, unmasked WebSocket frames. */
export function payloadsOf(bytes: Uint8Array | undefined): FramePayload[] {
  const payloads: FramePayload[] = [];
  if (bytes === undefined) return payloads;
  for (let at = 0; at < bytes.length; ) {
    const view = Buffer.from(bytes.buffer, bytes.byteOffset + at, bytes.length - at);
    const short = view[1] ?? 0;
    const [head, length] =
      short < 126
        ? [2, short]
        : short === 126
          ? [4, view.readUInt16BE(2)]
          : [10, Number(view.readBigUInt64BE(2))];
    payloads.push({ payload: view.subarray(head, head + length), isBinary: view[0] === 0x82 });
    at += head + length;
  }
  return payloads;
}
