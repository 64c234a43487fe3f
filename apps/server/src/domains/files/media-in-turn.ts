import type { Actor } from '../../kernel/actor.ts'
import type { FairTurns } from '../../kernel/keyed-turns.ts'
import type { MediaReader } from './media-reader.ts'

/** Whose turn it is to have pictures made, and to have other files looked into. */
export interface MediaTurns {
  readonly pictures: FairTurns
  readonly others: FairTurns
}

/**
 * The reader as one member has it. A file can be made to take many seconds, and there is one line for all organisations: so nobody stands in it
 * with many files at once.
 */
export function mediaInTurn(media: MediaReader, { pictures, others }: MediaTurns, actor: Actor): MediaReader {
  const inTurn = async <T>(turns: FairTurns, work: () => Promise<T>): Promise<T> => {
    const end = await turns.take(actor)
    return work().finally(end)
  }
  return {
    sniff: (head) => inTurn(others, () => media.sniff(head)),
    preparePicture: (load) => inTurn(pictures, () => media.preparePicture(load)),
    preparePoster: (bytes) => inTurn(pictures, () => media.preparePoster(bytes)),
    countPages: (load) => inTurn(others, () => media.countPages(load)),
  }
}
