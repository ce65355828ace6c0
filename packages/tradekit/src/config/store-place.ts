/** How a store is named in a config or on the command line. */

const DATABASE = /^postgres(ql)?:\/\//i;

/** A store that is no path: the URL of a database, or the word for the one that the environment names. */
export function isDatabase(place: string): boolean {
  return place === 'postgres' || DATABASE.test(place);
}

/** The name of a store as it may be shown: without a password, wherever in an address it stands. */
export function withoutPassword(place: string): string {
  if (!DATABASE.test(place)) return place;
  if (!URL.canParse(place)) return 'postgres://…';
  const url = new URL(place);
  url.password = '';
  for (const secret of ['password', 'sslpassword']) url.searchParams.delete(secret);
  return url.href;
}

/** What is wrong with an address of a kind that no store has, and what to do; nothing where it may be a store. */
export function unknownAddress(place: string): string | undefined {
  const [scheme] = /^[a-z][a-z0-9+.-]+:(?=\/\/)/i.exec(place) ?? [];
  if (scheme === undefined || isDatabase(place)) return undefined;
  return `there is no store for addresses that begin with "${scheme}"; use postgres://user@host:5432/database, or a path`;
}
