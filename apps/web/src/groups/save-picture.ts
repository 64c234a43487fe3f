import type { ParleyClient } from '@parley/client/client-api'

/** Sets or removes a group's picture, as it was chosen. @throws CallFailed */
export async function savePicture(
  client: ParleyClient,
  conversationId: string,
  chosen: File | 'removed' | null,
): Promise<void> {
  const params = { conversationId }
  if (chosen === 'removed') await client.call('removeGroupPicture', { params })
  else if (chosen)
    await client.upload('setGroupPicture', new Uint8Array(await chosen.arrayBuffer()), chosen.type, params)
}
