import type { PreparedPicture } from '../domains/files/media-reader.ts'
import type { SCENES } from './scenes.ts'

export type Scene = keyof typeof SCENES

/** Drawn scenes as text, from the program that draws them to the server. */
export const writeScenes = (scenes: readonly (readonly [string, PreparedPicture])[]): string =>
  JSON.stringify(
    scenes.map(([scene, { bytes, preview, ...about }]) => ({
      scene,
      ...about,
      bytes: Buffer.from(bytes).toString('base64'),
      preview: { blur: preview.blur, bytes: Buffer.from(preview.bytes).toString('base64') },
    })),
  )

type Written = Omit<PreparedPicture, 'bytes' | 'preview'> & {
  readonly scene: string
  readonly bytes: string
  readonly preview: { readonly blur: string; readonly bytes: string }
}

export function readScenes(text: string): ReadonlyMap<string, PreparedPicture> {
  const scenes = JSON.parse(text) as readonly Written[]
  return new Map(
    scenes.map(({ scene, bytes, preview, ...about }) => [
      scene,
      {
        ...about,
        bytes: Buffer.from(bytes, 'base64'),
        preview: { ...preview, bytes: Buffer.from(preview.bytes, 'base64') },
      },
    ]),
  )
}
