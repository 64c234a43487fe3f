/** Turns passwords into what may be stored (A1: argon2id), and judges new ones. */
export interface PasswordHasher {
  hash(password: string): Promise<string>
  /** False for a wrong password, and for a hash that is empty or unreadable. */
  matches(hash: string, password: string): Promise<boolean>
  /** Takes as long as `matches` with a real hash, so that timing does not tell whether an account exists (A10). */
  pretend(password: string): Promise<void>
  /**
   * @param context words that a guesser would try first: the person's name, e-mail, organisation
   * @throws DomainError weak_password, with a sentence that helps
   */
  refuseWeak(password: string, field: string, context: readonly string[]): Promise<void>
}
