import { expect, test } from 'vitest';
import { isDatabase, withoutPassword } from '../../src/config/store-place.js';

test.each([
  ['postgres://tk:s3cret@db:5432/market', 'postgres://tk@db:5432/market'],
  ['postgres://tk:s3%40cret@db/market', 'postgres://tk@db/market'],
  ['postgres://tk:s3@cret@db/market', 'postgres://tk@db/market'],
  ['postgres://tk@db/market?password=s3cret', 'postgres://tk@db/market'],
  [
    'postgresql://tk@db/market?sslmode=require&password=s3cret&sslpassword=s3cret',
    'postgresql://tk@db/market?sslmode=require',
  ],
  ['POSTGRES://tk:s3cret@db/market', 'postgres://tk@db/market'],
  ['postgres://tk:s3cret@db:port/market', 'postgres://…'],
  ['postgres', 'postgres'],
  ['./a:b@c', './a:b@c'],
])('%s is shown without its password', (place, shown) => {
  expect(withoutPassword(place)).toBe(shown);
});

test('an address is a database in any case, a path is none', () => {
  expect(['postgres', 'postgres://db', 'POSTGRESQL://db', './postgres', 'bars.duckdb'].map(isDatabase)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
