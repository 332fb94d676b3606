"""Short and familiar forms of first names, as they are met in the United States."""

_GROUPS = """
abigail abby gail; alexander alex al sandy sasha; alexandra alex sandra lexi sasha; amanda mandy; andrew andy
drew; anthony tony; antonio tony toni; barbara barb babs; benjamin ben benny; catherine katherine kathryn
cathy kathy kate katie kay kit; charles charlie chuck chas; christine christina chris tina; christopher chris
kit; cynthia cindy; daniel dan danny; david dave davey; deborah debra deb debbie; donald don donnie; dorothy
dot dottie; edward ed eddie ted ned; eleanor ellie nora nell; eduardo eddie lalo; elizabeth liz lizzie beth
betty eliza lisa libby bess; emily em; ernest ernie; eugene gene; evelyn evie; frances fran frannie; francis
frank; francisco frank paco pancho; frederick fred freddie; gabriel gabe; gerald jerry gerry; gregory greg;
guadalupe lupe; harold harry hal; henry hank harry; jacob jake; jacqueline jackie; james jim jimmy jamie;
janet jan; jason jay; jeffrey geoffrey jeff; jennifer jen jenny; jessica jess jessie; jesus chuy; john jack
johnny jon; jonathan jon jonny; jose pepe; joseph joe joey; joshua josh; judith judy; kenneth ken kenny;
kimberly kim; lawrence larry; leonard len lenny; louis lou louie; luis lou; manuel manny; margaret maggie meg
peggy marge rita greta; matthew matt; maria mary; michael mike mikey mick; nancy nan; nathaniel nathan nate;
nicholas nick nicky; pamela pam; patricia pat patty tricia; patrick pat paddy; peter pete; philip phillip
phil; rafael rafa; raymond ray; rebecca becky becca; richard rick rich dick ricky; robert rob bob bobby bert;
roberto beto; ronald ron ronnie; russell russ; samantha sam; samuel sam sammy; sandra sandy; stephanie steph;
stephen steven steve; susan sue susie suzanne; theodore ted teddy theo; theresa teresa terry tess; thomas tom
tommy; timothy tim; victoria vicky tori; vincent vince vinny; virginia ginny; walter walt wally; william bill
billy will liam willie; zachary zach zack
"""
_NICKNAMES = tuple(frozenset(group.split()) for group in _GROUPS.split(";"))


def other_forms(name: str) -> frozenset[str]:
    """The folded first names that may stand for this one: bob, rob, bert and bobby for robert."""
    return frozenset().union(*(group for group in _NICKNAMES if name in group)) - {name}
