const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Four groups of four from 32 letters that are not mistaken for one another: 80 bits, and easy to read out. */
export function generatePassword(): string {
  const numbers = crypto.getRandomValues(new Uint8Array(16))
  const letters = Array.from(numbers, (number) => LETTERS[number % LETTERS.length])
  return [0, 4, 8, 12].map((from) => letters.slice(from, from + 4).join('')).join('-')
}
