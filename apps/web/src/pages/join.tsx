import { JoinPage } from '../invites/join-page.tsx'
import { AccountLayout } from '../sessions/account-layout.tsx'
import type { Page } from '../frame/page.ts'

const page: Page = () => <JoinPage />
page.layout = AccountLayout
page.title = 'join.opening'
export default page
