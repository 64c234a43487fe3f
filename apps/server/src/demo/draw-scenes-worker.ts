import makeSharp from 'sharp'
import { createSentPictures } from '../adapters/pictures/sent-pictures.ts'
import type { PreparedPicture } from '../domains/files/media-reader.ts'
import { writeScenes } from './scenes-on-paper.ts'
import { SCENES } from './scenes.ts'

// A program: draws the scenes of the demo, and makes of them what is made of every picture that is sent.

const drawings: [string, Uint8Array][] = []
// all of them first: whoever receives pictures reads no drawings any more (adapters/pictures/load-sharp.ts)
for (const [scene, lines] of Object.entries(SCENES)) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 132 96" width="1320" height="960">${lines.join('')}</svg>`
  drawings.push([scene, await makeSharp(Buffer.from(svg)).jpeg({ quality: 86 }).toBuffer()])
}

const pictures = createSentPictures()
const prepared: [string, PreparedPicture][] = []
for (const [scene, drawing] of drawings) {
  const picture = await pictures.prepare(() => Promise.resolve(drawing))
  if (picture) prepared.push([scene, picture])
}
process.stdout.write(writeScenes(prepared))
