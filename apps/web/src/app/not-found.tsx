import { NotFound } from '../frame/not-found.tsx'

export default function NotFoundPage() {
  return <NotFound />
}
