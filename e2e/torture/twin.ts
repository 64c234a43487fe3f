import type { Device } from './device.ts'
import { backfill, type Held, heldBy } from './local-state.ts'
import { until } from './wait.ts'

const PATIENCE = 20_000

/** What a device of the same person would hold that has just loaded everything. */
export async function heldByTwin(device: Device, conversationIds?: ReadonlySet<string>): Promise<Held> {
  const twin = await device.twin()
  try {
    await until(
      () => twin.client.connection() === 'live',
      PATIENCE,
      () => 'a fresh client does not come up',
    )
    await twin.client.settled()
    await backfill(twin.client)
    await twin.client.settled()
    return await heldBy(twin, conversationIds)
  } finally {
    await twin.close()
  }
}
