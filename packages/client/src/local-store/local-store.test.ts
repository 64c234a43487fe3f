import 'fake-indexeddb/auto'
import { indexedDbStore } from './indexeddb-store.browser.ts'
import { memoryStore } from './memory-store.ts'
import { storeContract } from './store-contract.ts'

let databases = 0
const names = new WeakMap<object, string>()

async function open(name: string) {
  const store = await indexedDbStore(name)
  names.set(store, name)
  return store
}

storeContract('memory', async () => memoryStore(), null)
storeContract(
  'IndexedDB',
  () => {
    databases += 1
    return open(`test-${databases}`)
  },
  async (store) => {
    await store.close()
    return open(names.get(store) ?? '')
  },
)
