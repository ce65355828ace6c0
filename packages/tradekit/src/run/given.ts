type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** What was given, without what was left out: an option that is absent has its default. */
export function given<T extends object>(options: T): Given<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<T>;
}
