import { expect, test } from 'vitest'
import { newFileId } from './file-id.ts'
import { cleanFileName, extensionOf } from './file-name.ts'
import { fileId, mediaFacts } from './file.ts'

test('A8: an id is 128 random bits, and nothing that could be guessed passes for one', () => {
  const ids = Array.from({ length: 200 }, newFileId)
  for (const id of ids) expect(fileId.safeParse(id).success).toBe(true)
  expect(new Set(ids).size).toBe(200)
  for (const id of ['1', 'A'.repeat(21), `${'A'.repeat(21)}B`, `${'A'.repeat(20)}/A`, '../../etc/passwd'])
    expect([id, fileId.safeParse(id).success]).toEqual([id, false])
})

test.each([
  ['holiday.jpg', 'holiday.jpg'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\mei\\plan.docx', 'plan.docx'],
  ['\u202egpj.exe', 'gpj.exe'],
  ['in\u0000vo\nice\u200b.pdf', 'invoice.pdf'],
  ['half \ud800 pair.txt', 'half pair.txt'],
  ['a<b>:"c|?*.txt', 'a_b___c___.txt'],
  ['.htaccess', 'htaccess'],
  ['trailing. . .', 'trailing'],
  ['CON.txt', '_CON.txt'],
  ['console.log', 'console.log'],
  ['..', 'file'],
  ['\u202e\u2066', 'file'],
  ['', 'file'],
  ['Re\u0301sume\u0301.pdf', 'R\u00e9sum\u00e9.pdf'],
  ['علی\u200cرضا.pdf', 'علی\u200cرضا.pdf'],
  ['旅行 計画.xlsx', '旅行 計画.xlsx'],
])('the name %j is kept as %j', (given, kept) => {
  expect(cleanFileName(given)).toBe(kept)
  expect(cleanFileName(kept)).toBe(kept)
})

test('a name is at most 200 bytes long, and keeps its extension', () => {
  for (const letter of ['x', 'é', '語', '👩']) {
    const kept = cleanFileName(`${letter.repeat(500)}.JPEG`)
    const { length } = new TextEncoder().encode(kept)
    expect(length).toBeLessThanOrEqual(200)
    expect(length).toBeGreaterThan(190)
    expect(kept.isWellFormed()).toBe(true)
    expect(extensionOf(kept)).toBe('.jpeg')
  }
  expect(extensionOf('no extension. Just a sentence that goes on')).toBe('')
})

test.each([
  [{ width: 0 }, false],
  [{ width: 1920, height: 1080, duration: 60_000 }, true],
  [{ duration: 1.5 }, false],
  [{ waveform: btoa(String.fromCharCode(...new Uint8Array(64))) }, true],
  [{ waveform: btoa(String.fromCharCode(...new Uint8Array(96))) }, false],
  [{ waveform: 'not base64!' }, false],
  [{ blur: '<svg>' }, false],
])('of a recording, %j is believed: %s', (facts, believed) => {
  expect(mediaFacts.safeParse(facts).success).toBe(believed)
})
