import { SignInPage } from '../sessions/sign-in-page.tsx'
import { AccountLayout } from '../sessions/account-layout.tsx'
import type { Page } from '../frame/page.ts'

const page: Page = () => <SignInPage />
page.layout = AccountLayout
page.title = 'signIn.title'
export default page
