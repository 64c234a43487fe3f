import { ForgotPage } from '../sessions/forgot-page.tsx'
import { AccountLayout } from '../sessions/account-layout.tsx'
import type { Page } from '../frame/page.ts'

const page: Page = () => <ForgotPage />
page.layout = AccountLayout
page.title = 'forgot.title'
export default page
