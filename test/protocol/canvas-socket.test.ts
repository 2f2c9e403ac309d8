import { expect } from 'chai';
import fc from 'fast-check';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { packPixels } from '../../protocol/canvas-pixels.ts';
import { type CanvasBulkFrame, decodeBulkFrame, encodeBulkFrame } from '../../protocol/canvas-socket.ts';

const frames: fc.Arbitrary<CanvasBulkFrame> = fc.record({
  seq: fc.oneof(
    fc.nat(),
    fc.maxSafeNat(),
    fc.constantFrom(0, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER),
  ),
  pixels: fc.array(fc.tuple(fc.nat(2 ** 24 - 1), fc.nat(255)), { maxLength: 20 }).map(packPixels),
});

describe('the binary frame of the canvas door', () => {
  it('is the byte 1, the seq as a varUint of lib0, and 4 bytes a pixel', () => {
    fc.assert(
      fc.property(frames, ({ seq, pixels }) => {
        const encoder = encoding.createEncoder();
        encoding.writeUint8(encoder, 1);
        encoding.writeVarUint(encoder, seq);
        encoding.writeUint8Array(encoder, pixels);
        const bytes = encodeBulkFrame({ seq, pixels });
        expect([...bytes]).to.deep.equal([...encoding.toUint8Array(encoder)]);
        const decoder = decoding.createDecoder(bytes);
        expect(decoding.readUint8(decoder)).to.equal(1);
        expect(decoding.readVarUint(decoder)).to.equal(seq);
      }),
    );
    expect([...encodeBulkFrame({ seq: 300, pixels: packPixels([[0x010203, 4]]) })]).to.deep.equal([
      1, 0xac, 2, 1, 2, 3, 4,
    ]);
  });

  it('is read as it was written, without a copy', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        const bytes = encodeBulkFrame(frame);
        const read = decodeBulkFrame(bytes);
        expect({ ...read, pixels: [...(read?.pixels ?? [])] }).to.deep.equal({
          seq: frame.seq,
          pixels: [...frame.pixels],
        });
        expect(read?.pixels.buffer).to.equal(bytes.buffer);
      }),
    );
  });

  it('is skipped where its kind is not known, and refused where it is cut off', () => {
    expect(decodeBulkFrame(Uint8Array.of(0, 1))).to.equal(undefined);
    expect(decodeBulkFrame(Uint8Array.of(2))).to.equal(undefined);
    const bytes = encodeBulkFrame({ seq: 300, pixels: packPixels([[1, 2]]) });
    for (const length of [0, 1, 2, 4, 5, 6]) {
      expect(() => decodeBulkFrame(bytes.subarray(0, length)), String(length)).to.throw(RangeError);
    }
    const endless = Uint8Array.of(1, ...new Array<number>(9).fill(0xff));
    expect(() => decodeBulkFrame(endless)).to.throw(RangeError, 'too large');
  });

  it('never reads rubbish as more than it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        let read: CanvasBulkFrame | undefined;
        try {
          read = decodeBulkFrame(bytes);
        } catch (error) {
          expect(error).to.be.instanceOf(RangeError);
        }
        if (read !== undefined) expect(Number.isSafeInteger(read.seq)).to.equal(true);
      }),
    );
  });
});
