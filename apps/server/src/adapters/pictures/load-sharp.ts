import type sharp from 'sharp'

export type MakeSharp = typeof sharp

/** The formats that are read at all. What else libvips can read (SVG, PDF, TIFF ...) never meets its parsers, whatever a file says it is. */
const READERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((format) => `VipsForeignLoad${format}`)

let loading: Promise<MakeSharp> | undefined

/** sharp works off the event loop; it is loaded with the first picture, because it takes tens of megabytes. */
export function loadSharp(): Promise<MakeSharp> {
  loading ??= import('sharp').then(({ default: make }) => {
    make.block({ operation: ['VipsForeignLoad'] })
    make.unblock({ operation: READERS })
    make.cache(false) // no picture comes twice
    return make
  })
  return loading
}
