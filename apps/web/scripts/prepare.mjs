// What has to be there before Next starts, in development too.
import { compileAddresses } from './compile-addresses.mjs'
import { compileText } from './compile-text.mjs'
import { preparePublic } from './prepare-public.mjs'

await Promise.all([compileAddresses(), compileText(), preparePublic()])
