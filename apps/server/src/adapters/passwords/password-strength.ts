import { DomainError } from '../../kernel/domain-error.ts'

/** zxcvbn's scale is 0 to 4; 3 stands for more than 10^8 guesses ("safely unguessable" begins there). */
const SCORE_MIN = 3

interface Judge {
  check(
    password: string,
    context: string[],
  ): { score: number; feedback: { warning: string | null; suggestions: string[] } }
}

let judge: Promise<Judge> | undefined

/** The word lists take some megabytes, so they are read when the first password is chosen, not at start. */
async function loadJudge(): Promise<Judge> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ])
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
  })
}

/**
 * @param field the path of the form field that the sentence belongs to
 * @param context words that a guesser would try first
 * @throws DomainError weak_password
 */
export async function refuseWeakPassword(
  password: string,
  field: string,
  context: readonly string[],
): Promise<void> {
  judge ??= loadJudge()
  const words = context
    .flatMap((text) => [text, ...text.split(/[\s@.,-]+/)])
    .filter((word) => word.length > 2)
  // the estimate's cost grows with length, and nothing beyond this makes a password weaker
  const { score, feedback } = (await judge).check(password.slice(0, 100), words)
  if (score >= SCORE_MIN) return
  const hint = feedback.warning ?? feedback.suggestions[0] ?? 'Use a few words that do not belong together.'
  throw new DomainError('weak_password', { fields: { [field]: `Too easy to guess. ${hint}` } })
}
