/** The mark. Says its name only where no word beside it does. */
export function Mark({ label }: { label?: string }) {
  return (
    <svg
      className="mark"
      viewBox="0 0 34 34"
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      <rect width="34" height="34" rx="10" fill="var(--color-accent)" />
      <path
        d="M9 11.5A3.5 3.5 0 0 1 12.5 8h9a3.5 3.5 0 0 1 3.5 3.5v7a3.5 3.5 0 0 1-3.5 3.5H15l-4.2 3.6c-.7.6-1.8.1-1.8-.8z"
        fill="var(--color-on-accent)"
      />
      <path
        d="m13 15.3 2.9 2.8 5.3-5.6"
        fill="none"
        stroke="var(--color-accent)"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
