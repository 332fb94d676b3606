"""Names by where they come from, so that a group that is referred more often than others can be seen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Given and family names of one origin; a name with an own script stands as `own=latin`."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    last: tuple[str, ...]
    surnames: int = 1
    """how many a person bears"""
    joined: str = ""
    """hyphen between two surnames"""
    suffixes: tuple[str, ...] = ("",)
    family_first: bool = False
    """whether papers now and then print the family name first"""
    middles: tuple[str, ...] = ()
    """middle names of the origin's own; else given names serve"""


def _listed(text: str) -> tuple[str, ...]:
    return tuple(name.replace("_", " ") for name in text.split())


_ENGLISH_F = "Abigail Caroline Deborah Emily Heather Jennifer Kathleen Laura Margaret Nicole Rachel Stephanie Virginia"
_ENGLISH_M = "Andrew Benjamin Charles Douglas Edward Gregory Jonathan Kenneth Matthew Nathan Peter Robert Steven Thomas"
_ENGLISH_L = (
    "Baldwin Barnes Chapman Coleman Crawford Fletcher Foster Gibson Hamilton Harrison Hayes Holloway Lawson Mitchell"
    " Nichols Palmer Parsons Peck Reynolds Sherwood Stevens Thompson Underhill Warner Whitaker Woodruff"
)

ORIGINS = {
    "Anglo": Origin(_listed(_ENGLISH_F), _listed(_ENGLISH_M), _listed(_ENGLISH_L)),
    "suffixes": Origin(
        _listed(_ENGLISH_M), _listed(_ENGLISH_M), _listed(_ENGLISH_L), suffixes=("Jr", "Sr", "II", "III", "Jr.", "IV")
    ),
    "hyphenated": Origin(_listed(_ENGLISH_F), _listed(_ENGLISH_M), _listed(_ENGLISH_L), surnames=2, joined="-"),
    "Irish and Scots": Origin(
        _listed("Aoife Brigid Ciara Deirdre Eileen Fiona Maeve Maureen Nora Shannon Siobhán Sinéad"),
        _listed("Aidan Brendan Cormac Declan Ewan Finbar Hamish Kieran Liam Malcolm Seán Seamus"),
        _listed(
            "O'Brien O'Connell O'Donnell O'Hara O'Leary O'Shaughnessy McAllister McCarthy McDermott McGrath McKenna"
            " MacDonald MacLeod McNamara Fitzgerald Gallagher Sullivan Kavanagh"
        ),
    ),
    "Hispanic": Origin(
        _listed("Alejandra Beatriz Carmen Daniela Esperanza Guadalupe Inés Lucía Mariana Rocío Sofía Xiomara Yolanda"),
        _listed("Andrés Carlos Diego Emilio Felipe Héctor Ignacio Javier José_Luis Mauricio Rafael Sergio Ángel"),
        _listed(
            "Acosta Álvarez Castillo Colón Delgado Díaz Figueroa González Gutiérrez Hernández Jiménez Meléndez Muñoz"
            " Núñez Ortiz Peña Quiñones Ramírez Ríos Rodríguez Santiago Vázquez"
        ),
        surnames=2,
    ),
    "Portuguese": Origin(
        _listed("Adelaide Beatriz Conceição Fátima Graça Inês Leonor Luísa Madalena Natália Teresa Vitória"),
        _listed("Afonso António Bernardo Duarte Filipe Gonçalo Henrique João Luís Manuel Nuno Rui"),
        _listed(
            "da_Silva dos_Santos de_Sousa da_Costa Pereira Ferreira Carvalho do_Nascimento Gonçalves Magalhães Simões"
            " de_Almeida Teixeira Leitão Araújo das_Neves Brandão"
        ),
    ),
    "Polish": Origin(
        _listed("Agnieszka Bożena Danuta Elżbieta Grażyna Jadwiga Łucja Małgorzata Stanisława Wiesława Zofia"),
        _listed("Bogusław Grzegorz Kazimierz Krzysztof Łukasz Mieczysław Paweł Sławomir Tadeusz Wojciech Zbigniew"),
        _listed(
            "Błaszczyk Dąbrowski Gołębiewski Jabłoński Kaźmierczak Kozłowski Król Michałowski Nowakowski Pawłowski"
            " Przybylski Sikorski Świątek Wiśniewski Wójcik Zieliński Żukowski"
        ),
    ),
    "Ukrainian": Origin(
        _listed(
            "Олена=Olena Ірина=Iryna Наталія=Nataliia Оксана=Oksana Світлана=Svitlana Тетяна=Tetiana"
            " Галина=Halyna Людмила=Liudmyla Дарина=Daryna"
        ),
        _listed(
            "Андрій=Andrii Богдан=Bohdan Василь=Vasyl Дмитро=Dmytro Микола=Mykola Олександр=Oleksandr"
            " Сергій=Serhii Тарас=Taras Юрій=Yurii"
        ),
        _listed(
            "Бондаренко=Bondarenko Гончарук=Honcharuk Кравченко=Kravchenko Ковальчук=Kovalchuk Лисенко=Lysenko"
            " Мельник=Melnyk Олійник=Oliinyk Поліщук=Polishchuk Савченко=Savchenko Ткаченко=Tkachenko"
            " Шевчук=Shevchuk Яремчук=Yaremchuk"
        ),
    ),
    "Vietnamese": Origin(
        _listed("Hạnh Hương Lan Linh Mai Ngọc Nhung Phương Thảo Thu_Hà Trang Tuyết Yến"),
        _listed("Anh Bảo Dũng Đức Hải Hùng Khoa Long Minh Phúc Quang Sơn Tuấn Vinh"),
        _listed("Bùi Đặng Đinh Đỗ Dương Hồ Hoàng Huỳnh Lê Lý Ngô Nguyễn Phạm Phan Trần Võ Vũ"),
        family_first=True,
        middles=_listed("Thị Văn Đình Quốc Thanh Hữu Kim Xuân"),
    ),
    "Chinese": Origin(
        _listed(
            "芳=Fang 桂英=Guiying 静=Jing 丽=Li 美玲=Meiling 淑芬=Shufen 小燕=Xiaoyan 秀兰=Xiulan 雅婷=Yating 玉梅=Yumei"
        ),
        _listed(
            "德华=Dehua 国强=Guoqiang 建国=Jianguo 俊杰=Junjie 明=Ming 伟=Wei 文博=Wenbo 志强=Zhiqiang 子轩=Zixuan"
        ),
        _listed(
            "陈=Chen 邓=Deng 冯=Feng 郭=Guo 何=He 黄=Huang 李=Li 林=Lin 刘=Liu 吴=Wu 谢=Xie 许=Xu 杨=Yang 张=Zhang 赵=Zhao"
        ),
        family_first=True,
    ),
    "Korean": Origin(
        _listed("은지=Eun-ji 혜진=Hye-jin 지은=Ji-eun 미경=Mi-kyung 민서=Minseo 서연=Seo-yeon 수빈=Subin 유진=Yoojin"),
        _listed(
            "동현=Dong-hyun 현우=Hyun-woo 재욱=Jae-wook 지훈=Jihoon 민준=Min-jun 성민=Sung-min 태호=Taeho 영수=Young-soo"
        ),
        _listed("최=Choi 정=Jung 강=Kang 김=Kim 이=Lee 임=Lim 오=Oh 박=Park 신=Shin 송=Song 윤=Yoon"),
        family_first=True,
    ),
    "West African": Origin(
        _listed("Abena Adaeze Adwoa Akosua Aminata Ayodele Chiamaka Efua Fatoumata Ifeoma Ngozi Oluwaseun Yewande"),
        _listed("Babatunde Chukwuemeka Ebenezer Ibrahima Kofi Kwabena Kwame Mamadou Obinna Olumide Ousmane Tunde Yaw"),
        _listed(
            "Achebe Adeyemi Agyemang Asante Bangura Boateng Diallo Eze Fofanah Kamara Mensah Nwosu Ofori-Atta Ogunleye"
            " Okafor Okonkwo Osei Owusu Sesay Traoré"
        ),
    ),
    "Arabic": Origin(
        _listed(
            "عائشة=Aisha فاطمة=Fatima حنان=Hanan هدى=Huda خديجة=Khadija ليلى=Layla مريم=Maryam نور=Nour سلمى=Salma"
            " زينب=Zainab"
        ),
        _listed(
            "أحمد=Ahmed علي=Ali حسن=Hassan إبراهيم=Ibrahim خالد=Khalid محمد=Mohammed مصطفى=Mustafa عمر=Omar"
            " سمير=Samir يوسف=Youssef"
        ),
        _listed(
            "الحسيني=Al-Husseini الخطيب=Al-Khatib المصري=El-Masri بكر=Bakr الدين=Eddin فرح=Farah حداد=Haddad"
            " خليل=Khalil منصور=Mansour ناصر=Nasser قاسم=Qasim صالح=Saleh"
        ),
    ),
    "South Asian": Origin(
        _listed("Aishwarya Deepika Fathima Gurpreet Kavitha Lakshmi Meenakshi Nasreen Priya Sangeeta Shreya Sunita"),
        _listed("Abdul_Rahman Anand Balakrishnan Dinesh Gurdeep Harish Imran Krishnan Muhammad Rajesh Sanjay Vikram"),
        _listed(
            "Agarwal Banerjee Chaudhry Desai Gill Hussain Iyer Kaur Khan Krishnamurthy Menon Patel Rahman Reddy Shah"
            " Sharma Siddiqui Singh Venkataraman"
        ),
    ),
}
