import { expect } from 'chai';
import fc from 'fast-check';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { decodeRoomFrame, encodeRoomFrame, type RoomBinaryFrame } from '../../protocol/room-socket.ts';

const frames: fc.Arbitrary<RoomBinaryFrame> = fc.record({
  kind: fc.constantFrom('snapshot', 'update'),
  seq: fc.oneof(
    fc.nat(),
    fc.maxSafeNat(),
    fc.constantFrom(0, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER),
  ),
  update: fc.uint8Array({ maxLength: 50 }),
});

describe('the binary frames of the room door', () => {
  it('are a kind byte, the seq as a varUint of lib0, and the update as it is', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        const encoder = encoding.createEncoder();
        encoding.writeUint8(encoder, frame.kind === 'snapshot' ? 0 : 1);
        encoding.writeVarUint(encoder, frame.seq);
        encoding.writeUint8Array(encoder, frame.update);
        const bytes = encodeRoomFrame(frame);
        expect([...bytes]).to.deep.equal([...encoding.toUint8Array(encoder)]);
        const decoder = decoding.createDecoder(bytes);
        expect(decoding.readUint8(decoder)).to.equal(frame.kind === 'snapshot' ? 0 : 1);
        expect(decoding.readVarUint(decoder)).to.equal(frame.seq);
      }),
    );
  });

  it('are read as they were written, without a copy', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        const bytes = encodeRoomFrame(frame);
        const read = decodeRoomFrame(bytes);
        expect({ ...read, update: [...(read?.update ?? [])] }).to.deep.equal({
          ...frame,
          update: [...frame.update],
        });
        expect(read?.update.buffer).to.equal(bytes.buffer);
      }),
    );
  });

  it('keep their layout', () => {
    const update = Uint8Array.of(9, 8, 7);
    expect([...encodeRoomFrame({ kind: 'update', seq: 300, update })]).to.deep.equal([1, 172, 2, 9, 8, 7]);
    expect([...encodeRoomFrame({ kind: 'snapshot', seq: 0, update })]).to.deep.equal([0, 0, 9, 8, 7]);
  });

  it('of a kind that is not known yet are skipped', () => {
    expect(decodeRoomFrame(Uint8Array.of(2, 1, 0, 0))).to.equal(undefined);
    expect(decodeRoomFrame(Uint8Array.of(255))).to.equal(undefined);
  });

  it('are refused where they are cut off or count too far, and never read past their end', () => {
    for (const bytes of [[], [1], [1, 0x80], [0, 0xff, 0xff], [1, ...Array(8).fill(0xff)]]) {
      expect(() => decodeRoomFrame(Uint8Array.from(bytes)), String(bytes)).to.throw(RangeError);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        try {
          const frame = decodeRoomFrame(bytes);
          if (frame !== undefined) expect(frame.update.length).to.be.at.most(bytes.length - 2);
        } catch (error) {
          expect(error).to.be.instanceOf(RangeError);
        }
      }),
    );
  });
});
