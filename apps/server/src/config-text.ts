import type { ConfigOption } from './config-option.ts'
import { options, switches } from './config-table.ts'

const all: ConfigOption[] = Object.values(options)

const WIDTH = 100
const INDENT = ' '.repeat(6)

function wrap(text: string): string {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length >= WIDTH - INDENT.length) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines.map((line) => INDENT + line).join('\n')
}

/** What `--help` shows: every option of the table. */
export function helpText(): string {
  const settings = all.map(({ env, flag, takes = '<text>', about, unset }) => {
    const byFlag = flag === undefined ? '' : `--${flag} ${takes}, `
    return `  ${byFlag}${env}=${takes}\n${wrap(`${about.replaceAll('`', '')} Without it: ${unset}.`)}`
  })
  const alone = Object.entries(switches).map(([name, about]) => `  --${name}\n${wrap(about)}`)
  return [
    'npm start -- [options]',
    '',
    'Options, with the environment variable that says the same. The command line wins.',
    '',
    [...settings, ...alone].join('\n\n'),
    '',
  ].join('\n')
}

/** `docs/configuration.md`. */
export function configurationPage(): string {
  const settings = all.map(({ env, flag, takes, about, unset, example, secret }) => {
    const byFlag = flag === undefined ? '' : `, \`--${flag} ${takes ?? ''}\``
    const hidden = secret ? '\n- A secret: it is never shown or logged.' : ''
    return `## \`${env}\`${byFlag}\n\n${about}\n\n- When not set: ${unset}\n- Example: \`${env}=${example}\`${hidden}\n`
  })
  const alone = Object.entries(switches).map(([name, about]) => `- \`--${name}\`: ${about}`)
  return [
    '# Configuration',
    '',
    '<!-- Generated from apps/server/src/config-table.ts by: npx vitest run apps/server/src/config.test.ts -u -->',
    '',
    'Everything is set by environment variables; a few also by options of `npm start -- …`, which win. What is not set has the default named here, so nothing has to be set at all. A wrong value ends the start with code 2 and a sentence that says how to mend it.',
    '',
    ...settings,
    '## Only on the command line',
    '',
    ...alone,
    '',
  ].join('\n')
}
