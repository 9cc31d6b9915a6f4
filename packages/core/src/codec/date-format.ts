/** How a help desk writes a day: `us` month/day/year, `eu` day/month/year. A setting of the help desk (§6.6, §7.1). */
export type DateFormat = 'us' | 'eu';
