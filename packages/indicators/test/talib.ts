/**
 * TA-Lib's own C code as the reference: the wasm in the npm package talib-web, called directly. Its published wrapper cannot be used: it passes an
 * end that is one too large and no place for the number of results.
 */
import { readFileSync } from 'node:fs';

type Exports = Readonly<Record<string, (...parameters: readonly number[]) => number>>;

/** The part of WebAssembly that is used; its types are only in those of the browser. */
interface Wasm {
  Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  Global: new (type: { value: 'i32'; mutable: boolean }, value: number) => object;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: Exports };
}

const { Memory, Global, Module, Instance }: Wasm = Reflect.get(globalThis, 'WebAssembly');
// As the published wrapper lays the memory out.
const HEAP = 5_247_776;
const memory = new Memory({ initial: 256, maximum: 256 });
const global = (value: number, mutable: boolean): object => new Global({ value: 'i32', mutable }, value);
const file = new URL('talib.wasm', import.meta.resolve('talib-web'));
const { exports } = new Instance(new Module(readFileSync(file)), {
  env: {
    memory,
    emscripten_resize_heap: () => 0,
    __stack_pointer: global(HEAP, true),
    __memory_base: global(1024, false),
  },
  'GOT.mem': { __heap_base: global(HEAP, true) },
});
exports.__wasm_call_ctors?.();

/** Arrays of ours begin here, above what TA-Lib allocates itself. */
const OURS = 10_000_000;

/** The outputs of a function of TA-Lib, each as long as its inputs, NaN before the first value. */
export function talib(
  name: string,
  inputs: readonly Float64Array[],
  parameters: readonly number[] = [],
  outputs: number = 1,
): readonly Float64Array[] {
  const length = inputs[0]?.length ?? 0;
  const place = (k: number): number => OURS + 8 * (2 + k * length);
  const view = (k: number): Float64Array => new Float64Array(memory.buffer, place(k), length);
  for (const [k, input] of inputs.entries()) view(k).set(input);
  const results = Array.from({ length: outputs }, (_, k) => inputs.length + k);
  const call = exports[`TA_${name}`];
  const code = call?.(
    0,
    length - 1,
    ...inputs.map((_, k) => place(k)),
    ...parameters,
    OURS,
    OURS + 4,
    ...results.map(place),
  );
  if (code !== 0) throw new Error(`TA_${name} ended with ${code}`);
  const [begin = 0, count = 0] = new Int32Array(memory.buffer, OURS, 2);
  return results.map((k) => {
    const column = new Float64Array(length).fill(Number.NaN);
    column.set(view(k).subarray(0, count), begin);
    return column;
  });
}
