/** How a store is named in a config or on the command line. */

/** A store that is no path: the URL of a database, or the word for the one that the environment names. */
export function isDatabase(place: string): boolean {
  return place === 'postgres' || /^postgres(ql)?:\/\//.test(place);
}

/** The name of a store as it may be shown. */
export function withoutPassword(place: string): string {
  return place.replace(/^(postgres(?:ql)?:\/\/[^:/@]*):[^@]*@/, '$1@');
}
