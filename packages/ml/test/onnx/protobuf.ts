/** Protocol buffers as far as ONNX files need them: fields after each other, each with its number and kind before it. */

const VARINT = 0;
const BYTES = 2;
const FLOAT = 5;

/** Seven bits a byte, the low ones first; the highest bit says that more follow. */
function varint(value: number): readonly number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

/** Fields joined to a message. */
export const message = (...fields: readonly (readonly number[])[]): readonly number[] => fields.flat();
/** A whole number. */
export const whole = (field: number, value: number): readonly number[] => [
  ...varint(field * 8 + VARINT),
  ...varint(value),
];
/** A message, or bytes. */
export const part = (field: number, bytes: readonly number[]): readonly number[] => [
  ...varint(field * 8 + BYTES),
  ...varint(bytes.length),
  ...bytes,
];
/** A text. */
export const text = (field: number, value: string): readonly number[] =>
  part(field, [...new TextEncoder().encode(value)]);
/** Numbers in single precision, one after the other. */
export const singles = (values: readonly number[]): readonly number[] => [
  ...new Uint8Array(Float32Array.from(values).buffer),
];
/** One number in single precision. */
export const single = (field: number, value: number): readonly number[] => [
  ...varint(field * 8 + FLOAT),
  ...singles([value]),
];
