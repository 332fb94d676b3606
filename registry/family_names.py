"""Family names that nobody bears as a given name, so that a name beginning with one is printed family name first.

Left out is every name that is a given name too, in English or at home: Davis, Cruz, Santos, Khan, Shah, Mensah, Osei,
Gill, Kim, Lee, Sun, Le. Names are folded.
"""

import re

from registry.names import name_words

_EAST_ASIAN = """
ahn bae baek bui cai cao chen cheng choi deng feng gao guo hsu huang huynh hwang inoue jeong jiang jung kimura
kobayashi kwon liang liu luo matsumoto nakamura ngo nguyen oh park peng pham phan qian qiu sasaki seo shen shim shin
suzuki takahashi tanaka tran vo wang watanabe wong wu xiao xie xu yamada yamaguchi yamamoto yoshida zeng zhang zhao
zheng zhou zhu
"""
_TOO = """
chan chang chow chu dam dang dao dinh do doan duong fang ha han he ho hoang hu kang kieu kim kong jang lam le lee li
lim lin lu luong luu ly ma mai min ming nam pan quach shi song sun ta tang thai to trinh truong vu wei ye yin yoo yoon
yu yuan
"""
FAMILY_TOO = frozenset(_TOO.split())
"""Family names that are given names as well: beside one of them the order says nothing."""
_ENGLISH = """
andrews arkwright armstrong atkinson barnes becker bennett berry blackburn blackwell bloomfield brewer burns butler
butterfield calloway carlson carpenter cartwright cox cunningham dickinson doherty dougherty edwards erickson feldman
ferguson fischer fitzpatrick fitzsimmons flanagan flores fowler friedman gallagher galloway gardner gibbs gibson
gilmore goldman gomez goodman greenwood gustafson hanson hathaway hawkins haynes henderson hicks higgins hobbs hodges
hoffman hoffmann holloway holmes hoover hopkins horvath hubbard hughes hutchinson jacobs jacobson jenkins johnson
johnston jones kaufman kaufmann keller knight kovacs kowalski krueger kruger larson lehmann lieberman macdonald
macleod mahoney matthews mcdonald mcmahon mills moore moriarty mueller muller mulligan myers nagy neumann nichols
nicholson olson ortiz owens parsons patterson payne perkins peters pettigrew phelps phillips pickett powell pritchard
reynolds rhodes richardson robbins robertson rodgers rogers sanderson saunders schaefer schafer schmidt schneider
schroeder schultz schumann schwartz shaw simmons simpson smith snyder stephens stephenson stevens stevenson swanson
sweeney szabo thompson tomlinson toth underhill underwood varga vogel wainwright watkins watson weber whitaker
whitehead whitfield wilkins wilkinson williams woods woodward wright zimmerman zimmermann
"""
_ROMANCE = """
acosta aguilar almeida alvarado alves amaral andrade araujo arroyo ayala azevedo barbieri barbosa barros batista
bautista beaulieu bergeron bermudez betancourt bianchi bonilla bouchard braga burgos bustamante caballero cabral
cabrera calderon camacho camargo cardenas cardoso carrillo carvalho castaneda castellanos castillo cervantes
charpentier cintron coelho colon conti contreras cordero correa cortes cotto cunha delgado diaz dominguez dubois
echevarria escobar escobedo espinosa espinoza esposito esteves estrada fernandes ferrari figueroa fonseca fournier
fuentes furtado gagnon gallegos garcia gauthier girard goncalves greco gutierrez guzman herrera ibarra irizarry
jimenez juarez lefebvre lefevre levesque lopez lozano lugo machado macias magalhaes maldonado mancini matos medeiros
mejia melendez mendes mendoza molina montoya morales moreau moreno moretti munoz nascimento navarro negron nogueira
nunes nunez ocampo ochoa oliveira oquendo orozco otero ouellette pabon pagan pelletier pena peralta perez pineda pinto
queiroz quiles quinones quinonez quintero ramalho rangel rentas rezende ricci rivas rivera robles rocha rodrigues
rojas rolon rosado rossi rousseau ruiz russo salazar salinas sandoval sequeira serrano silva soares sousa souza tapia
tavares thibault thibodeau torres tremblay trujillo valdez valenzuela vargas vasconcelos vasquez vazquez velasquez
velazquez velez vieira villanueva villarreal zapata zuniga
"""
_SLAVIC = """
adamczyk blaszczyk boiko bondar boyko duda dudek dvorak grabowski hajek hnatiuk hrytsenko jelinek kaczmarek
kazmierczak koval kovalchuk kozak krawczyk krol kucera lysenko majchrzak mazur melnyk moroz nowak oliinyk oliynyk
panchenko pawlak petrenko pietrzak piotrowski prochazka przybylski rudenko savchenko shevchuk sikora sobczak svoboda
szewczyk tkachuk walczak wieczorek wojcik wozniak wrobel yaremchuk zajac
"""
_ASIAN = """
agarwal aggarwal ahluwalia ahmadi ahuja ansari arora bajwa balasubramanian banerjee bannerjee bhatia bhattacharjee
bhattacharya chatterjee chaudhuri chopra chowdhury desai deshpande dhillon dubey gaikwad grewal gupta haddad hashemi
hegde hosseini husseini iyengar iyer jadhav joshi kapoor karimi kaur khanna khatib khoury krishnamurthy kulkarni
malhotra masri mehta menon mishra mohammadi mukherjee naidu nair pandey parekh parikh patel patil pillai qureshi
rahimi ramamurthy reddy sandhu saxena sethi sharma shetty shinde shrivastava siddiqui sidhu srivastava tehrani tiwari
trivedi varma venkataraman verma yadav
"""
_AFRICAN = """
acheampong balde balogun bangura boateng camara cisse conteh coulibaly diallo diop dlamini fofana fofanah gueye jalloh
kamara kargbo kone koroma mansaray mbaye ndiaye ndlovu nwachukwu nwankwo nwosu ogunbanjo ogundele ogunleye okafor
okeke okonkwo ouattara oyelaran sarpong sesay toure traore turay
"""
_FAMILY_ONLY = frozenset(" ".join((_EAST_ASIAN, _ENGLISH, _ROMANCE, _SLAVIC, _ASIAN, _AFRICAN)).split())
_ENDINGS = re.compile(
    r"\w{2,}(?:[lnw]sk[iy]|[eo]wska|[iou]wicz|cz[uy]k|czak|[bdghklmnprstvz]enko|[kn]iuk|[eo]vych|[eo]vich|[kn]ovic"
    r"|shvili|opoulos|iadis|dottir|[bdglmnrstz]berg|feld|baum"
    r"|[dgr]uez|[ai]rez|dez|zalez|nchez|ordonez|[mrt][ei]nez|[rx]eira|[nt]eiro|ellini|ucci|ozzi)"
)
"""How family names end and given names do not, behind two letters at least."""
_GAELIC = re.compile(r"(?:O['\u2019\u02bc]\s?|Mc|Mac(?=[A-Z]))\w{3}")
_PREFIXES = frozenset({"al", "el", "ul"})
"""Arabic articles; apart from their word they may be an Al's given name."""


def is_family_only(last: str) -> bool:
    """Whether this family name, as its bearer writes it, begins with what is no given name anywhere."""
    words = name_words(last)
    if not words or "-" not in last:
        return bool(words) and (_is_known(words[0]) or _GAELIC.match(last.strip()) is not None)
    first = last.strip().split(" ")[0]
    return words[0] in _PREFIXES or any(map(_is_known, name_words(first)))


def _is_known(word: str) -> bool:
    return word in _FAMILY_ONLY or _ENDINGS.fullmatch(word) is not None
