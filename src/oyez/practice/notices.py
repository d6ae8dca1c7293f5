"""What does the council that does not exist have to say? Notices of every shape we meet.

Short and long, with emoji, Welsh, figures, links and quotation marks. Places and people are made
up.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """One item of the sample feed."""

    title: str
    words: str
    about: str
    language: str = "en"


NOTICES: tuple[Notice, ...] = (
    Notice(
        "Welcome to the Tamarshire sample feed",
        "This is the first item. A new one follows every 20 seconds, 20 in all: about roads, "
        "schools, bins and floods. Nothing in them is real.",
        "About",
    ),
    Notice(
        "Gritters go out from 6pm on all main routes 🧊",
        "Temperatures fall below zero tonight on the moor and in the Tam valley. Nine "
        "gritters treat 1,150 km of road. Please leave them room.",
        "Roads",
    ),
    Notice(
        "Bin collections move by one day after the bank holiday",
        "If your bin is emptied on Monday, put it out by 7am on Tuesday. The same goes for "
        "every day of the week up to Saturday.",
        "Waste",
    ),
    Notice(
        "Mae llyfrgell Glan Tamar ar agor eto ddydd Llun 📚",
        "Ar ôl tri mis o waith, mae’r llyfrgell ar agor rhwng 9yb a 6yh. Mae croeso i bawb "
        "i’r bore agored, gyda the, coffi a stori i’r plant am 10yb.",
        "Libraries",
        "cy",
    ),
    Notice(
        "Have your say on next year’s budget",
        "Tamarshire has to save £14.2 million by April 2028 while the cost of care for adults "
        "and children goes on rising. We would like to hear what matters most to you before "
        "any decision is made.\n\n"
        "The survey takes about eight minutes. It asks which services you use, which you "
        "would protect, and what you think of six proposals: fewer printed letters, shared "
        "offices with the district councils, later opening at four household waste sites, a "
        "new charge for skips on the road, dimmer street lights after midnight, and council "
        "tax between 2.9% and 4.9%.\n\n"
        "You can fill it in on your phone, ask for a paper copy in any library, or come to "
        "one of the five evening meetings. It closes at midnight on 17 January.",
        "Consultation",
    ),
    Notice(
        "Ashford bridge closed for inspection from 9:30am to 3pm",
        "Drivers are sent round by Weir Lane and the A3921. People on foot and on bicycles "
        "can cross.",
        "Roads",
    ),
    Notice(
        "Flu and COVID-19 jabs at 14 community halls this week 💉",
        "No appointment is needed if you are 65 or over, pregnant, or a carer. Bring your NHS "
        "number if you have it; you can have the jab without it.",
        "Health",
    ),
    Notice(
        "Moorland Primary closes at 1pm today: the heating has failed",
        "Buses leave at 1:10pm. Children whose parents cannot come earlier stay in the "
        "village hall with their teachers until 3:30pm. The school opens again tomorrow.",
        "Schools",
    ),
    Notice(
        "“My grandson showed me how”: 900 people learn to use the web",
        "Volunteers in Tamarshire’s libraries have helped 900 people go online for the first "
        "time since January. Dorothy, 84, now sees her sister in New Zealand every Sunday.",
        "Libraries",
    ),
    Notice(
        "⚠️ Flood alert: the lower Tam between Weir and Ashford",
        "The river is rising and fields may flood this evening. Homes are not expected to "
        "flood. Keep away from the water’s edge and do not drive through floods.",
        "Flooding",
    ),
    Notice(
        "Road works for the week of 30 November",
        "Mon: A3921 Station Road, two-way lights. Tue and Wed: High Street, Ashford, closed "
        "8pm-6am. Thu: Mill Hill, drains. Fri: none planned.",
        "Roads",
    ),
    Notice(
        "Could you foster? Meet Tamarshire families on Thursday",
        "Sixty-two children in the county need a home with a family near their school and "
        "friends. You do not need to own your house, be married or have children of your own. "
        "You need a spare room, time and patience.\n\n"
        "Three families tell their stories on Thursday at 7pm, in the library in Ashford and "
        "on the screen at home. Ask them anything. “The first night he would not take his "
        "coat off,” says Nerys, who fosters two brothers. “Now he complains about my cooking "
        "like anybody else’s child.”\n\n"
        "Foster carers are paid from £221 a week for each child, with training and somebody "
        "to ring at any hour. If you cannot take a child for years, you can do it for a "
        "weekend a month.",
        "Families",
    ),
    Notice(
        "Coed newydd: plannu 12,000 o goed ar hyd y Tamar 🌳",
        "Bydd gwirfoddolwyr yn plannu coed derw, gwern a bedw bob dydd Sadwrn tan fis Mawrth. "
        "Bydd offer a chawl poeth ar gael.",
        "Environment",
        "cy",
    ),
    Notice(
        "Scam warning: we never ask for bank details by text message",
        "People have been sent messages about a “council tax refund”. They are not from us. "
        "Do not follow the link; forward the message to 7726, which costs nothing.",
        "Safety",
    ),
    Notice(
        "Museum late: 2,000 years of mud, with torches 🔦",
        "See what the new bypass dug up: a Roman shoe, a plague pit and 41 clay pipes. Friday "
        "6pm to 9pm, free, no booking.",
        "Museums",
    ),
    Notice(
        "Warm spaces: 38 places with heating, tea and company ☕",
        "Libraries, churches and the fire station in Weir keep a warm room open every weekday "
        "until the end of March. Nobody asks why you came.",
        "Communities",
    ),
    Notice(
        "Lane closed on the A3921 after a collision",
        "Police and fire crews are at the scene near Mill Hill. Expect delays of 25 minutes "
        "towards Ashford.",
        "Roads",
    ),
    Notice(
        "Apply for a primary school place by 15 January",
        "For children born between 1 September 2022 and 31 August 2023. Name three schools: "
        "naming one does not help your chances. Guidance: "
        "https://www.tamarshire.example/schools/apply?year=2027",
        "Schools",
    ),
    Notice(
        "📊 Potholes: 4,310 mended since April, 87% within the target",
        "We mended 4,310 potholes in seven months, against 3,905 a year ago. One in eight "
        "took longer than it should: most of these were on the moor roads, where the surface "
        "was too wet.",
        "Roads",
    ),
    Notice(
        "Council meeting on Tuesday: watch it live",
        "On the agenda: the winter roads plan, the library strategy and three petitions. "
        "10:30am, County Hall and https://www.tamarshire.example/meetings/live",
        "Council",
    ),
    Notice(
        "Thank you, Tamarshire 💛👩🏽‍🚒🧑🏼‍⚕️👷🏿",
        "This was the last item of the sample feed. Add your own feed to see your own news here.",
        "About",
    ),
)
