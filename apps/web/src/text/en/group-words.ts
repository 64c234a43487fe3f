/** Groups. `self` says whether it was oneself: other languages bend their verbs by it. */
export const groupWords = {
  notices: {
    you: 'you',
    others: '{count, plural, one {# other} other {# others}}',
    created: '{self, select, yes {You} other {{who}}} created the group “{name}”',
    renamed: '{self, select, yes {You} other {{who}}} renamed the group to “{name}”',
    described: '{self, select, yes {You} other {{who}}} changed the description',
    pictured: '{self, select, yes {You} other {{who}}} changed the group picture',
    added: '{self, select, yes {You} other {{who}}} added {whom}',
    removed: '{self, select, yes {You} other {{who}}} removed {whom}',
    left: '{self, select, yes {You} other {{who}}} left',
    promoted: '{self, select, yes {You} other {{who}}} made {whom} a group admin',
    demoted: '{self, select, yes {You} other {{who}}} removed {whom} as group admin',
    imported:
      '{self, select, yes {You} other {{who}}} imported {count, plural, one {# message} other {# messages}} from WhatsApp{named, select, yes { ({name})} other {}}',
    announcementOnlyOn: '{self, select, yes {You} other {{who}}} allowed only group admins to write',
    announcementOnlyOff: '{self, select, yes {You} other {{who}}} allowed everybody to write',
    membersMayAddOn: '{self, select, yes {You} other {{who}}} allowed everybody to add people',
    membersMayAddOff: '{self, select, yes {You} other {{who}}} allowed only group admins to add people',
    newcomersSeeHistoryOn:
      '{self, select, yes {You} other {{who}}} let newcomers read what was written before',
    newcomersSeeHistoryOff:
      '{self, select, yes {You} other {{who}}} hid from newcomers what was written before',
    pinned: '{self, select, yes {You} other {{who}}} pinned a message',
    disappearing:
      '{self, select, yes {You} other {{who}}} {after, select, 0 {turned off disappearing messages} 86400 {set messages to disappear after 24 hours} 604800 {set messages to disappear after 7 days} other {set messages to disappear after 90 days}}',
  },
  groups: {
    new: 'New group',
    newWith: 'New group with {name}',
    details: 'Group',
    countMembers: '{count, plural, one {# member} other {# members}}',
    andMore: '{names} and {count} more',
    noLonger: 'You are no longer in this group',
    leftNote: 'You are no longer in this group. What was written until then stays here.',
    announcementsNote: 'Only group admins write here.',
    beginning: 'This is the beginning of “{name}”.',
    joinedLater: 'You see what was written since you joined.',
    empty: 'Nothing has been said in “{name}” yet.',
    mention: 'Mention somebody',
    mentionAll: 'Everybody in this group',
    mentioned: '{count, plural, one {You are mentioned} other {You are mentioned # times}}',
    jumpToMention:
      '{count, plural, one {Jump to where you are mentioned} other {Jump to where you are mentioned, # left}}',
  },
} as const
