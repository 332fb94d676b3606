"""Names as Connecticut's residents bear them: many languages, a few scripts, and the awkward ones."""

import unicodedata
from dataclasses import dataclass
from random import Random

_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans(
    {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ß": "ss", "ı": "i", "æ": "ae", "Æ": "AE", "’": "'"}
)


@dataclass(frozen=True, slots=True)
class Tongue:
    """Given and family names of one language; names of another script stand as `own=latin`."""

    weight: int
    female: tuple[str, ...]
    male: tuple[str, ...]
    last: tuple[str, ...]
    script: str = ""
    """hebrew, arabic, cyrillic or greek; empty for Latin letters"""


def _tongue(weight: int, female: str, male: str, last: str, script: str = "") -> Tongue:
    return Tongue(weight, listed(female), listed(male), listed(last), script)


def listed(text: str) -> tuple[str, ...]:
    """The words of a text between blanks; `_` stands for a blank within one."""
    return tuple(name.replace("_", " ") for name in text.split())


TONGUES = (
    _tongue(
        26,
        "Abigail Charlotte Constance Dorothy Eleanor Elizabeth Emily Grace Hannah Harriet Jennifer Karen Linda"
        " Margaret Martha Nancy Patience Prudence Rebecca Ruth Sarah Susan",
        "Asa Benjamin Caleb Charles Daniel David Edward Elijah George Henry James Jeffrey John Josiah Mark Nathaniel"
        " Paul Richard Robert Samuel Thomas William",
        "Adams Alden Avery Bidwell Birdsey Bissell Brewster Bradley Brooks Burnham Case Chapin Clark Cowles Denison"
        " Ellsworth Fitch Gilbert Goodrich Griswold Hale Hotchkiss Hubbard Huntington Ingersoll Kellogg Lathrop"
        " Ledyard Loomis Mather Miller Phelps Pratt Root Seymour Sherman Smith Stiles Talcott Terry Treat Tuttle"
        " Wadsworth Walker Wells Whiting Williams Wolcott",
    ),
    _tongue(
        11,
        "Angela Antonella Assunta Carmela Concetta Donna Filomena Francesca Gina Giovanna Lucia Maria Nicoletta Rosa"
        " Teresa",
        "Angelo Anthony Carmine Dominic Enzo Francesco Giuseppe Joseph Luigi Mario Michael Nicholas Pasquale Rocco"
        " Salvatore",
        "Amato Bellini Caruso Ciccarelli Coppola D'Agostino D'Amico D'Angelo DeLauro DeLuca DeMartino DelVecchio"
        " DiBiase DiPietro Esposito Ferraro Fusco Gambardella Giordano LaMonica Lombardi Mancini Marino Martinelli"
        " Mastroianni Palumbo Pellegrino Ricci Romano Rossi Russo Santoro Sorrentino Tomasi Vitale",
    ),
    _tongue(
        8,
        "Agnieszka Barbara Bożena Danuta Ewa Halina Irena Jadwiga Katarzyna Krystyna Magdalena Małgorzata Teresa"
        " Urszula Zofia",
        "Andrzej Bogdan Czesław Grzegorz Henryk Jan Jerzy Józef Kazimierz Krzysztof Marek Piotr Stanisław Wojciech"
        " Zbigniew",
        "Bartkowiak Błaszczyk Chmielewski Dąbrowski Dudek Gajewski Grabowski Jabłoński Jankowski Kaczmarek Kamiński"
        " Kowalczyk Kowalski Krawczyk Kwiatkowski Lewandowski Majewski Mazur Michalski Nowak Olszewski Pawlak"
        " Piotrowski Sikorski Sokołowski Szczepański Wasilewski Wiśniewski Wojciechowski Wójcik Wróbel Zając"
        " Zieliński",
    ),
    _tongue(
        14,
        "Ana Awilda Beatriz Carmen Graciela Inés Iris Ivelisse Jazmín Luz María María_del_Carmen Migdalia Nilda"
        " Sofía Yaritza",
        "Ángel Carlos Edgardo Efraín Héctor Ismael Iván Javier Jesús José José_Luis Juan Luis Orlando Ramón Wilfredo",
        "Acevedo_Rosado Báez Burgos_Colón Candelaria_Vega Cintrón Colón Cruz_Rivera de_Jesús_Ortiz Del_Valle"
        " Díaz_Nieves Echevarría Feliciano Figueroa_Santos García García_Maldonado González_Peña Hernández Irizarry"
        " López_Rivera Maldonado Marrero Martínez_Ayala Meléndez Morales Muñoz Núñez_Soto Ortiz Pagán_Cruz Pérez"
        " Quiñones Ramírez Rivera Rodríguez_Muñiz Rosario Santiago Serrano Torres Vázquez Vélez_Ramos Zayas",
    ),
    _tongue(
        4,
        "Anh_Thư Bích_Ngọc Diễm_My Hồng_Nhung Kim_Liên Lan_Anh Mai Ngọc_Ánh Phương_Thảo Quỳnh Thanh_Hà Thị_Hoa"
        " Thu_Hương Tuyết Yến_Nhi",
        "Anh_Dũng Bảo Công_Danh Đức Gia_Huy Hải Hoàng_Long Hữu_Phước Khánh Minh_Quân Ngọc_Sơn Quang Thành Tuấn_Kiệt"
        " Văn_Hùng",
        "Bùi Cao Châu Đặng Đào Đinh Đỗ Đoàn Dương Hồ Hoàng Huỳnh Lâm Lê Lương Lưu Lý Mai Ngô Nguyễn Phạm Phan Phùng"
        " Quách Tạ Tăng Thái Tô Trần Trịnh Trương Võ Vũ Vương",
    ),
    _tongue(
        4,
        "Fang Hui Jing Li Lihua Mei Meiling Na Qiong Xia Xiaoyan Xiu Yan Ying Yue",
        "Bo Chao Cheng Feng Guoqiang Hao Jian Jianguo Jun Lei Ming Tao Wei Xiaoming Zhiqiang",
        "Cai Cao Chen Cheng Deng Ding Dong Du Fan Feng Gao Guo He Hu Huang Jiang Jin Li Liang Lin Liu Lu Luo Ma Pan"
        " Peng Shen Song Sun Tang Wang Wu Xiao Xie Xu Yang Ye Yu Yuan Zhang Zhao Zheng Zhou Zhu",
    ),
    _tongue(
        6,
        "Aishwarya Ananya Bhavana Deepa Divya Kavita Lakshmi Meenakshi Neha Padma Priya Radhika Shreya Sunita"
        " Vijayalakshmi",
        "Aditya Amit Anand Arjun Balaji Gaurav Hari Krishnan Manoj Rahul Rajesh Sanjay Suresh Venkatesh Vikram",
        "Agarwal Banerjee Bhatt Chakraborty Chaudhary Desai Deshpande Ganguly Gupta Iyer Jain Joshi Kapoor"
        " Krishnamurthy Kulkarni Kumar Mehta Menon Mishra Mukherjee Nair Narayanan Pandey Patel Pillai Radhakrishnan"
        " Raghunathan Rao Reddy Shah Sharma Singh Subramanian Venkataraman Verma",
    ),
    _tongue(
        4,
        "Aisha Amal Fatima Hanan Khadija Layla Mariam Noor Rania Salma Samira Yasmin Zainab",
        "Abdullah Ahmad Ali Bilal Hassan Ibrahim Khalid Mahmoud Mohammed Mustafa Omar Tariq Youssef",
        "Abboud Al-Amin Al-Hashimi Aziz Bakri El-Masri El-Sayed Farouk Ghanem Habib Haddad Hamdan Hussein Issa Jaber"
        " Khalil Khoury Mansour Mourad Nasser Nasrallah Osman Qureshi Rahman Saleh Shaheen Tawfiq Yassin Zaki",
    ),
    _tongue(
        3,
        "Anastasia Despina Eleni Georgia Ioanna Katerina Konstantina Maria Sophia Vasiliki",
        "Andreas Athanasios Christos Dimitrios Evangelos Georgios Ioannis Konstantinos Panagiotis Spyridon",
        "Alexopoulos Anagnostopoulos Christodoulou Dimitriou Georgiou Ioannidis Karagiannis Kostopoulos Nikolaidis"
        " Oikonomou Pappas Papadakis Papadopoulos Stavropoulos Theodorou Triantafyllou Vasilopoulos Zografos",
    ),
    _tongue(
        4,
        "Chantal Fabiola Ghislaine Guerline Marie-Ange Marie-Claire Marie-Lourdes Mirlande Nadège Régine Roseline"
        " Widline",
        "Emmanuel Evens Frantz Guerrier Jean-Baptiste Jean-Claude Jean-Robert Jocelyn Lesly Pierre-Louis Ronald Wilner",
        "Auguste Baptiste Beauvoir Bien-Aimé Celestin Charles Delva Désir Dieudonné Duvalsaint Étienne Exantus"
        " Fleurimond François Jean-Charles Jean-Louis Joseph Louissaint Michel Moïse Noël Philogène Pierre"
        " Saint-Fleur Saint-Louis Toussaint",
    ),
    _tongue(
        8,
        "Aaliyah Brianna Denise Ebony Imani Jasmine Keisha Latoya Monique Shanice Simone Tamika Yolanda",
        "Andre Darnell DeShawn Jamal Jermaine Lamar Malik Marcus Maurice Terrence Tyrone Xavier",
        "Banks Barnes Bell Booker Boyd Brown Carter Coleman Dixon Ferguson Franklin Freeman Gaines Grant Greene"
        " Harris Hayes Henderson Jackson Jefferson Johnson Jones Lewis Mitchell Moore Robinson Simmons Thompson"
        " Turner Washington Wright Young",
    ),
    _tongue(
        5,
        "Aoife Bridget Caitlín Colleen Deirdre Eileen Kathleen Maeve Maureen Nora Róisín Siobhán",
        "Brendan Brian Cormac Declan Donal Eamon Kevin Liam Patrick Ronan Seán Timothy",
        "Brennan Callahan Connolly Donnelly Doyle Fitzgerald Flanagan Gallagher Kelly Kennedy MacCarthy McDermott"
        " McGrath McKenna Murphy Nolan O'Brien O'Callaghan O'Connell O'Connor O'Donnell O'Keefe O'Leary O'Neill"
        " O'Reilly O'Sullivan Quinn Regan Sheehan Sullivan Sweeney",
    ),
    _tongue(
        2,
        "A B Anne-Marie Hildegard Maria-Theresia Wilhelmina-Charlotte O Ng'endo Anne_Catherine_Louise K",
        "J D O Maximilian-Alexander T Karl-Friedrich O'Shea M N'Golo X",
        "Featherstonehaugh-Cholmondeley-Warburton Wolfeschlegel-Steinhausen von_und_zu_Lindenhof Ng O Ó_hUiginn"
        " Van_der_Westhuizen N'Guessan-Kouassi St._John-Mildmay Oyelowo-Adebayo-Johnson Saint-Exupéry-Delacroix"
        " Montgomery-Fitzwilliam-Harrington Xu de_la_Fuente_y_Villanueva Keihanaikukauakahihuliheekahaunaele",
    ),
    _tongue(
        1,
        "Оксана=Oksana Наталія=Nataliia Ірина=Iryna Людмила=Liudmyla Світлана=Svitlana Галина=Halyna",
        "Андрій=Andrii Богдан=Bohdan Володимир=Volodymyr Микола=Mykola Олександр=Oleksandr Тарас=Taras",
        "Бондаренко=Bondarenko Гнатюк=Hnatiuk Ковальчук=Kovalchuk Кравченко=Kravchenko Лисенко=Lysenko"
        " Мельник=Melnyk Петренко=Petrenko Романюк=Romaniuk Ткаченко=Tkachenko Шевченко=Shevchenko"
        " Яковенко=Yakovenko",
        script="cyrillic",
    ),
    _tongue(
        1,
        "Ελένη=Eleni Μαρία=Maria Σοφία=Sofia Κατερίνα=Katerina",
        "Γιώργος=Giorgos Δημήτρης=Dimitris Κώστας=Kostas Νίκος=Nikos",
        "Παπαδόπουλος=Papadopoulos Γεωργίου=Georgiou Οικονόμου=Oikonomou Αντωνίου=Antoniou Νικολάου=Nikolaou"
        " Ιωάννου=Ioannou",
        script="greek",
    ),
    _tongue(
        1,
        "רבקה=Rivka שרה=Sarah מרים=Miriam חנה=Hannah",
        "דוד=David משה=Moshe יוסף=Yosef אברהם=Avraham",
        "שפירא=Shapira פרידמן=Friedman ברקוביץ=Berkovich גולדברג=Goldberg רוזנברג=Rosenberg אדלר=Adler",
        script="hebrew",
    ),
    _tongue(
        1,
        "فاطمة=Fatima مريم=Maryam ليلى=Layla سارة=Sara",
        "محمد=Muhammad أحمد=Ahmad خالد=Khalid يوسف=Yusuf",
        "حداد=Haddad منصور=Mansur خليل=Khalil درويش=Darwish سليمان=Sulayman نصار=Nassar",
        script="arabic",
    ),
)
_WEIGHTS = tuple(tongue.weight for tongue in TONGUES)


def pick_tongue(rng: Random) -> Tongue:
    """One language, as often as it is met."""
    return rng.choices(TONGUES, _WEIGHTS)[0]


def in_script(name: str, own: bool) -> str:
    """The name in its own script, or in Latin letters."""
    native, _, latin = name.partition("=")
    return native if own or not latin else latin


def ascii_fold(text: str) -> str:
    """The text without accents, as a licensing authority's computer prints it."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS_WITHOUT_DECOMPOSITION))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def fit_encoding(text: str, encoding: str) -> str:
    """The text as it is where the encoding can hold it, else without accents."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return ascii_fold(text)
    return text
