"""What readers type, and which measures a person who has read the reports would give them.

Each line is judged by reading, never by searching: `query → measures ; best`. A measure is named
by the first part of its id (`03` is 03-no-gift-policy); `@2567` and `@2568` keep it to one year, `*`
is all of them, `-` says that nothing on the site answers. What stands after `;` may come first;
without it, any of the measures may. The newest year must come first where both have one.
"""

from __future__ import annotations

from dataclasses import dataclass

COMMITTED = """\
# words inside sentences, compounds and their parts
คุณธรรม → 05 06 08 ; 05 08
โปร่งใส → 05 06 08 10 ; 05 08 10
ใส → 05 06 08 10 ; 05 08 10
ธรรม → 05 06 08
ของขวัญ → 03 06 ; 03
กำนัล → 03 06 ; 03
รถ → 04
รถยนต์ → 04
ยนต์ → 04
คลัง → 02 10
ซื้อ → 10
สุจริต → 08
ทุจริต → 05 10
วัฒนธรรม → 06
จริยธรรม → 06
บุคลากร → 02 08 09 10
ลูกจ้าง → 01
พนักงานจ้าง → 01 04 05 06 ; 01
ปฏิบัติงาน → 01
ประเมิน → 01
งบประมาณ → 02
สาธารณะ → 09
อนุญาต → 04
ใบอนุญาต → 04
ช่องทาง → 02 07 ; 07
ออนไลน์ → 07
ทรัพย์สิน → 04
ฝ่ายการเมือง → 06
เจตจำนง → 08
แจกเวียน → 04 05
แจ้งเวียน → 08 09 10
หน่วยงาน → 02 05 ; 02 05
เว็บไซต์ → 02 03 05 07 08 09 10
เว็บ → 02 03 05 07 08 09 10
ดงเมือง → 01 02 03 04 05 07 08 09 10
เมือง → 01 02 03 04 05 06 07 08 09 10
# one letter, two encodings; digits
กํานัล → 03 06 ; 03
อํานาจ → 03
อำนาจ → 03
สํานักปลัด → 01 03 04 05 06 07 08 09
๒๕๖๘ → *
2568 → *
ตัวชี้วัดที่ 1 → 01
ตัวชี้วัดที่ ๑๐ → 10
# days
ต.ค. 67 → 01 04 07 08 09 10
ตค67 → 01 04 07 08 09 10
1 ตุลาคม 2567 → 01 04 07 08 09 10
ธ.ค. 2567 → 03
๒๗ ธ.ค. ๖๗ → 03
กุมภาพันธ์ 2568 → 06
# spaces
จัดซื้อจัดจ้าง → 10
จัดซื้อ จัดจ้าง → 10
จัด ซื้อ จัด จ้าง → 10
วัฒนธรรม องค์กร → 06
ความ โปร่งใส → 05 06 08 10 ; 05 08 10
ของกำนัลจากการปฏิบัติหน้าที่ → 03 06 ; 03
# English
gift → 03 06 ; 03
NO GIFT POLICY → 03 06 ; 03
nogift → 03 06 ; 03
e-service → 07
eservice → 07
facebook → 07
line → 07
dongmuang → 02 03 05 08 09 10
# units
กองคลัง → 02 10
สำนักปลัด → 01 03 04 05 06 07 08 09
# half typed
คุณธ → 05 06 08 ; 05 08
ประช → 02 05 06 07 ; 07 06 02 05
หน่วยง → 02 05
เจตจำน → 08
face → 07
# several words, unspaced as well
นโยบายของขวัญ → 03 06 ; 03
ประกาศกองคลัง → 10
ประชุม จริยธรรม → 06
# pasted
พนักงานส่วนตำบลและพนักงานจ้าง ปฏิบัติในการใช้ทรัพย์สินของทางราชการ → 04
มีช่องทางการติดต่อและการให้บริการออนไลน์ คือ Facebook : อบต.ดงเมือง → 07
# absent, and accidents inside words
เครื่องบิน → -
โรงพยาบาล → -
ภาษีรถยนต์ → -
xyzzy → -
ลา → -
ชา → -
สี → -
"""

SECOND_OFFICE = """\
# words inside sentences, compounds and their parts
จองคิว → appointment-queue
คิว → appointment-queue
ประปา → complaint-water
น้ำท่วม → flood-alert
น้ำมัน → pool-car
เพลิง → pool-car
ภาษี → risk tax-map online-tax one-stop ; tax-map online-tax risk
ขยะ → garbage-route newsletter open-data ; garbage-route
ผู้สูงอายุ → elderly-allowance website ; elderly-allowance
พิการ → elderly-allowance
เก้าอี้ → borrowing ramp
เสี่ยง → risk audit-plan
รถ → pool-car backhoe garbage-route
ไฟฟ้า → energy street-light
ไฟ → energy street-light
วัด → mayor-meet honest-youth temple-volunteers dust flood-alert road-inspection
นม → school-milk
โรงเรียน → school-milk dust honest-youth ; school-milk honest-youth
เรียน → school-milk dust honest-youth kindergarten
เด็ก → lunch-fund kindergarten
อาหาร → school-milk lunch-fund ; lunch-fund
ล่วงเวลา → overtime
เบาะแส → whistle
ญาติ → relatives
ถนน → integrity-pact road-inspection street-light ; integrity-pact road-inspection
ราคากลาง → median-price
มือถือ → street-light website
สุนัข → vaccination
สัตว์ → vaccination
เผา → dust
ประชุม → sign-language council-minutes supplier-meeting
สภา → sign-language council-minutes
ภาษามือ → smile sign-language ; sign-language
นายก → no-gift-declaration mayor-meet ; mayor-meet
ธรรม → temple-volunteers integrity-pact code-of-conduct
จริยธรรม → temple-volunteers code-of-conduct
สุจริต → honest-youth
เงินเดือน → fair-promotion
เงิน → elderly-allowance quarterly-spending fair-promotion ; quarterly-spending fair-promotion
พัสดุ → rotation inventory ; inventory
ทุนการศึกษา → scholarship
เสียง → village-radio
บัตร → appointment-queue privacy
ภัย → flood-alert
ประกวด → public-idea supplier-meeting
มหาวิทยาลัย → satisfaction
กระเช้า → no-gift-declaration
การ์ตูน → code-of-conduct
# one letter, two encodings; digits; letters typed in another order
นํ้าท่วม → flood-alert
น้ํามัน → pool-car
เเบบแปลน → median-price
ท่ีดิน → backhoe tax-map online-tax ; online-tax tax-map backhoe
๒๔ ชั่วโมง → complaint-water
15 วัน → building-permit
7 วัน → council-minutes
06.30 → village-radio
# days and years
ม.ค. 68 → complaint-water no-gift-declaration@2568 one-stop@2568 paperless@2568 dust online-tax@2568 scholarship newsletter
มกราคม 2568 → complaint-water no-gift-declaration@2568 one-stop@2568 paperless@2568 dust online-tax@2568 scholarship newsletter
18 ก.พ. 68 → conflict-training@2568
9 ธ.ค. → integrity-pledge
ไตรมาส 1 → building-permit quarterly-spending
ไตรมาส 2 → newsletter
ปีงบประมาณ 2567 → *@2567
กระเช้า 2567 → no-gift-declaration@2567
# English
gps → pool-car
QR Code → online-tax
PM2.5 → dust
pm 2.5 → dust
LINE → appointment-queue line-official ; line-official
one stop → one-stop
onestop → one-stop
e-GP → procurement-plan
egp → procurement-plan
csv → open-data
ป.ป.ช. → conflict-training
ปปช → conflict-training
# units
กองช่าง → building-permit complaint-water backhoe ramp flood-alert street-light land-use median-price road-inspection
หน่วยตรวจสอบภายใน → conflict-training whistle risk audit-plan relatives
การศึกษา → school-milk lunch-fund kindergarten scholarship honest-youth
# several words, unspaced as well
กองช่าง ถนน → street-light road-inspection
ภาษี กองคลัง → tax-map online-tax
บัตรประชาชน → appointment-queue
ขอใบอนุญาตก่อสร้าง → building-permit
สแกนหน้า → overtime
ถ่ายทอดสดประชุมสภา → sign-language
# half typed
วัคซ → vaccination
ประชาพิ → budget-hearing
เบี้ยยั → elderly-allowance
ซื่อสั → honest-youth
servi → one-stop
# pasted
ให้ผู้เสนอราคารับรองความสัมพันธ์ทางเครือญาติ → relatives
แต่งตั้งเจ้าหน้าที่คุ้มครองข้อมูล และปิดบังเลขบัตร → privacy
# absent, and accidents inside words
เครื่องบิน → -
สนามบิน → -
โรงพยาบาล → -
วัคซีนโควิด → -
ร้องเรียน → -
เรือ → -
ปลา → -
สี → -
ยา → -
หมา → -
ot → -
"""


@dataclass(frozen=True, slots=True)
class Query:
    """A query with the measures that answer it, as `id@year`."""

    text: str
    right: frozenset[str]
    first: frozenset[str]


def read(judged: str, measures: list[str]) -> list[Query]:
    """The queries of one office; `measures` are all that it has, as `id@year`."""
    told = []
    for line in judged.splitlines():
        if line.startswith("#"):
            continue
        text, _, answer = line.partition(" → ")
        right, _, best = answer.partition(" ; ")
        found = named(right, measures)
        firsts = named(best, measures) & found if best else found
        newest = max((name.rpartition("@")[2] for name in firsts), default="")
        first = {name for name in firsts if name.endswith(newest)}
        told.append(Query(text, frozenset(found), frozenset(first)))
    return told


def named(names: str, measures: list[str]) -> set[str]:
    """The measures that a judgment names; a name that is nobody's is a mistake in it."""
    told: set[str] = set()
    for name in names.split():
        stem, _, year = name.partition("@")
        own = {
            measure
            for measure in measures
            if stem in {"*", measure[:2], measure.partition("@")[0]} and measure.endswith(year)
        }
        assert own or name == "-", name
        told |= own
    return told
